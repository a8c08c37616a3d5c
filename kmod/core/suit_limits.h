/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
/*
 * Every bound of the verifier. Each is tested at n and at n + 1
 * (tests/unit/limits_test.c). A bound that is exceeded yields an error whose
 * errno is E2BIG; inside the value of a parameter that value is malformed.
 */
#ifndef SUIT_LIMITS_H
#define SUIT_LIMITS_H

enum suit_limits {
	/* Envelope with its integrated payloads, bytes. */
	SUIT_MAX_ENVELOPE = 64 << 20,
	/* Manifest of the general form, bytes; also each severed member. */
	SUIT_MAX_MANIFEST = 64 << 10,
	/* Manifest of the catalogue form, bytes. */
	SUIT_MAX_CATALOGUE = 16 << 20,
	/*
	 * Components of a general manifest, dependencies that stand beside
	 * them included; more need the catalogue form.
	 */
	SUIT_MAX_COMPONENTS = 64,
	/* Components of a catalogue. */
	SUIT_MAX_CATALOGUE_ENTRIES = 65536,
	/* Encoded component id, bytes; and its segments. */
	SUIT_MAX_COMPONENT_ID = 512,
	SUIT_MAX_SEGMENTS = 16,
	/* Authentication blocks of an envelope; signatures of a COSE_Sign. */
	SUIT_MAX_AUTH_BLOCKS = 8,
	SUIT_MAX_SIGNATURES = 8,
	/* Protected header of a COSE object, bytes; labels a crit may list. */
	SUIT_MAX_PROTECTED = 256,
	SUIT_MAX_CRIT = 4,
	/* Nesting of CBOR items inside one encoded item. */
	SUIT_MAX_CBOR_DEPTH = 16,
	/* Sequences in flight: section, try-each and run-sequence bodies. */
	SUIT_MAX_SEQUENCE_DEPTH = 8,
	/* The same, of a manifest and the dependencies it is processing. */
	SUIT_MAX_FRAMES = 20,
	/* Dependencies of one manifest; levels of them beneath the root. */
	SUIT_MAX_DEPENDENCIES = 16,
	SUIT_MAX_DEPENDENCY_DEPTH = 4,
	/* Manifests of one tree, the root and one dependency twice included. */
	SUIT_MAX_NODES = 64,
	/* Integers of a version; requirements another device's version has. */
	SUIT_MAX_VERSION = 8,
	SUIT_MAX_VERSION_MATCHES = 8,
	/* Actors of one permission map of component metadata. */
	SUIT_MAX_ACTORS = 32,
	/* Commands executed by one section, loops over components included. */
	SUIT_MAX_STEPS = 16384,
	/* Command sequences of one try-each. */
	SUIT_MAX_TRY_EACH = 16,
	/* Integrated payloads and severed members of an envelope, together. */
	SUIT_MAX_ENVELOPE_MEMBERS = 128,
	/* Trust: authorities, keys of all of them, prefixes of one. */
	SUIT_MAX_AUTHORITIES = 64,
	SUIT_MAX_KEYS = 128,
	SUIT_MAX_PREFIXES = 64,
	/* Authority name, bytes of UTF-8. */
	SUIT_MAX_AUTHORITY_NAME = 64,
	/* A trust statement, bytes. */
	SUIT_MAX_TRUST = 64 << 10,
};

#endif /* SUIT_LIMITS_H */
