/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
/*
 * One error per class of failure. Each has a stable name (decision records,
 * logs and tests use it), the errno a caller of the kernel sees, and the reason
 * code of a SUIT_Report (draft-ietf-suit-report, suit-report-reason).
 */
#ifndef SUIT_ERROR_H
#define SUIT_ERROR_H

#include "suit_port.h"

/*
 * Linux errno values (asm-generic); the core may not include errno headers.
 * The kernel module checks them against <linux/errno.h> at build time.
 */
enum suit_errno {
	SUIT_EPERM = 1, SUIT_EIO = 5, SUIT_E2BIG = 7, SUIT_EAGAIN = 11,
	SUIT_ENOMEM = 12, SUIT_EACCES = 13, SUIT_ENODEV = 19, SUIT_EINVAL = 22, SUIT_ERANGE = 34,
	SUIT_EBADMSG = 74, SUIT_EOPNOTSUPP = 95, SUIT_ESTALE = 116,
	SUIT_ENOKEY = 126, SUIT_EKEYREVOKED = 128, SUIT_EKEYREJECTED = 129,
};

/* X(identifier, name, errno, report reason) */
#define SUIT_ERRORS(X) \
	/* CBOR: RFC 8949, deterministic, definite lengths */ \
	X(TRUNCATED, "cbor-truncated", EBADMSG, 1) \
	X(TRAILING, "cbor-trailing-bytes", EBADMSG, 1) \
	X(NONCANONICAL, "cbor-not-canonical", EBADMSG, 1) \
	X(INDEFINITE, "cbor-indefinite-length", EBADMSG, 1) \
	X(RESERVED, "cbor-reserved-encoding", EBADMSG, 1) \
	X(DEPTH, "cbor-too-deep", E2BIG, 1) \
	X(TYPE, "cbor-wrong-type", EBADMSG, 1) \
	X(RANGE, "cbor-number-out-of-range", EBADMSG, 1) \
	X(UTF8, "cbor-bad-utf8", EBADMSG, 1) \
	X(MAP_ORDER, "cbor-map-order", EBADMSG, 1) \
	X(MAP_DUPLICATE, "cbor-duplicate-key", EBADMSG, 1) \
	/* envelope */ \
	X(ENVELOPE_SIZE, "envelope-too-big", E2BIG, 1) \
	X(ENVELOPE_EMPTY, "envelope-empty", EBADMSG, 1) \
	X(ENVELOPE_TAG, "envelope-wrong-tag", EBADMSG, 1) \
	X(ENVELOPE_MEMBER, "envelope-unknown-member", EBADMSG, 1) \
	X(ENVELOPE_MEMBERS, "envelope-too-many-members", E2BIG, 1) \
	X(ENVELOPE_AUTH, "envelope-without-authentication", EKEYREJECTED, 4) \
	X(ENVELOPE_MANIFEST, "envelope-without-manifest", EBADMSG, 1) \
	X(AUTH_EMPTY, "unsigned", EKEYREJECTED, 4) \
	X(AUTH_BLOCKS, "too-many-authentication-blocks", E2BIG, 2) \
	X(DIGEST_FORM, "digest-malformed", EBADMSG, 1) \
	X(DIGEST_ALG, "digest-algorithm-unsupported", EOPNOTSUPP, 3) \
	X(MANIFEST_DIGEST, "manifest-digest-mismatch", EKEYREJECTED, 4) \
	X(SEVERED_DIGEST, "severed-digest-mismatch", EKEYREJECTED, 4) \
	X(SEVERED_UNCLAIMED, "severed-member-unclaimed", EKEYREJECTED, 4) \
	X(PAYLOAD_MISSING, "integrated-payload-missing", EBADMSG, 11) \
	/* COSE: RFC 9052, RFC 9053, RFC 9864 */ \
	X(COSE_TYPE, "cose-type-unsupported", EOPNOTSUPP, 2) \
	X(COSE_FORM, "cose-malformed", EBADMSG, 2) \
	X(COSE_PAYLOAD, "cose-payload-attached", EBADMSG, 2) \
	X(COSE_HEADER_SIZE, "cose-header-too-big", E2BIG, 2) \
	X(COSE_LABEL, "cose-duplicate-label", EBADMSG, 2) \
	X(COSE_CRIT, "cose-crit-not-understood", EOPNOTSUPP, 2) \
	X(COSE_ALG_MISSING, "cose-alg-missing", EBADMSG, 2) \
	X(COSE_ALG_UNPROTECTED, "cose-alg-unprotected", EBADMSG, 2) \
	X(COSE_ALG, "cose-alg-unsupported", EOPNOTSUPP, 3) \
	X(COSE_SIGNATURES, "cose-too-many-signatures", E2BIG, 2) \
	X(SIGNATURE_LENGTH, "signature-length", EKEYREJECTED, 4) \
	X(SIGNATURE, "signature-invalid", EKEYREJECTED, 4) \
	X(NO_KEY, "no-trusted-key", ENOKEY, 4) \
	X(KEY_ALG, "key-algorithm-mismatch", EKEYREJECTED, 3) \
	X(KEY_FORM, "key-malformed", EBADMSG, 2) \
	X(KEY_TYPE, "key-type-unsupported", EOPNOTSUPP, 3) \
	X(KEY_REVOKED, "key-revoked", EKEYREVOKED, 4) \
	X(THRESHOLD, "too-few-signatures", EKEYREJECTED, 4) \
	X(CRYPTO, "crypto-failure", EIO, 11) \
	/* trust */ \
	X(TRUST_FORM, "trust-malformed", EBADMSG, 1) \
	X(TRUST_SIZE, "trust-too-big", E2BIG, 1) \
	X(TRUST_STALE, "trust-update-stale", ESTALE, 4) \
	X(TRUST_UNKNOWN, "authority-unknown", ENOKEY, 4) \
	X(NOT_ENTITLED, "authority-not-entitled", EACCES, 7) \
	X(OWNED, "component-owned-by-other-authority", EACCES, 7) \
	X(DIGEST_REVOKED, "manifest-revoked", EKEYREVOKED, 4) \
	/* manifest */ \
	X(MANIFEST_SIZE, "manifest-too-big", E2BIG, 1) \
	X(MANIFEST_VERSION, "manifest-version-unsupported", EOPNOTSUPP, 1) \
	X(MANIFEST_MEMBER, "manifest-unknown-member", EBADMSG, 1) \
	X(MANIFEST_MISSING, "manifest-member-missing", EBADMSG, 1) \
	X(MANIFEST_EPOCH, "manifest-of-old-draft", EOPNOTSUPP, 1) \
	X(MANIFEST_INERT, "manifest-without-effect", EOPNOTSUPP, 1) \
	X(COMMON_MEMBER, "common-unknown-member", EBADMSG, 1) \
	X(DEPENDENCIES, "dependencies-unsupported", EOPNOTSUPP, 6) \
	X(DEPENDENCY_FORM, "dependencies-malformed", EBADMSG, 6) \
	X(DEPENDENCY_COUNT, "too-many-dependencies", E2BIG, 6) \
	X(DEPENDENCY_DEPTH, "dependencies-too-deep", E2BIG, 6) \
	X(DEPENDENCY_PREFIX, "dependency-prefix-unsupported", EOPNOTSUPP, 6) \
	X(DEPENDENCY_NONE, "component-no-dependency", EBADMSG, 11) \
	X(DEPENDENCY_DIGEST, "dependency-digest-mismatch", EKEYREJECTED, 4) \
	X(DEPENDENCY_UNCHECKED, "dependency-not-checked", EKEYREJECTED, 11) \
	X(DEPENDENCY_SKIPPED, "dependency-section-skipped", EKEYREJECTED, 11) \
	X(COMPONENTS_NONE, "components-missing", EBADMSG, 6) \
	X(COMPONENTS, "too-many-components", E2BIG, 6) \
	X(COMPONENT_ID, "component-id-malformed", EBADMSG, 6) \
	X(COMPONENT_SIZE, "component-id-too-long", E2BIG, 6) \
	X(COMPONENT_DUPLICATE, "component-duplicate", EBADMSG, 6) \
	X(COMPONENT_INDEX, "component-index-out-of-range", EBADMSG, 6) \
	X(COMPONENT_ABSENT, "component-not-in-manifest", EACCES, 6) \
	X(CATALOGUE_FORM, "catalogue-malformed", EBADMSG, 1) \
	X(CATALOGUE_ORDER, "catalogue-not-sorted", EBADMSG, 1) \
	/* command sequences */ \
	X(SEQUENCE_FORM, "sequence-malformed", EBADMSG, 1) \
	X(SEQUENCE_INDEX, "sequence-without-component-index", EBADMSG, 11) \
	X(SEQUENCE_DEPTH, "sequence-too-deep", E2BIG, 11) \
	X(SEQUENCE_STEPS, "sequence-too-long", E2BIG, 11) \
	X(TRY_EACH_SIZE, "try-each-too-big", E2BIG, 11) \
	X(COMMAND, "command-unsupported", EOPNOTSUPP, 5) \
	X(COMMAND_SHARED, "command-forbidden-in-shared", EBADMSG, 5) \
	X(COMMAND_ARGUMENT, "command-argument-malformed", EBADMSG, 1) \
	X(PARAMETER, "parameter-unsupported", EOPNOTSUPP, 8) \
	X(PARAMETER_FORM, "parameter-malformed", EBADMSG, 8) \
	X(SOFT_FAILURE, "soft-failure-outside-sequence", EBADMSG, 11) \
	X(STRICT_ORDER, "strict-order-violated", EBADMSG, 11) \
	X(PROFILE, "not-decidable-in-kernel", EOPNOTSUPP, 5) \
	X(DIRECTIVE_PARAMETER, "directive-without-parameter", EBADMSG, 11) \
	X(PAYLOAD_SIZE, "payload-too-big", E2BIG, 11) \
	X(COMPONENT_LINKED, "component-still-referenced", EPERM, 11) \
	X(UNLINKED, "component-unlinked-twice", EBADMSG, 11) \
	X(WAIT_EVENT, "wait-event-unsupported", EOPNOTSUPP, 8) \
	X(PENDING, "waiting", EAGAIN, 11) \
	X(OPERATION, "operation-failed", EIO, 11) \
	/* conditions that did not hold; soft-failure may catch these */ \
	X(PARAMETER_MISSING, "parameter-missing", EBADMSG, 10) \
	X(VENDOR, "vendor-mismatch", ENODEV, 10) \
	X(CLASS, "class-mismatch", ENODEV, 10) \
	X(DEVICE, "device-mismatch", ENODEV, 10) \
	X(SLOT, "slot-mismatch", ENODEV, 10) \
	X(IMAGE, "image-mismatch", EKEYREJECTED, 10) \
	X(IMAGE_SIZE, "image-size-mismatch", EKEYREJECTED, 10) \
	X(IMAGE_SAME, "image-already-there", EKEYREJECTED, 10) \
	X(CONTENT, "content-mismatch", EKEYREJECTED, 10) \
	X(EXPIRED, "use-before-passed", ESTALE, 10) \
	X(BATTERY, "battery-too-low", EPERM, 10) \
	X(UNAUTHORIZED, "update-not-authorized", EPERM, 10) \
	X(VERSION, "version-mismatch", ENODEV, 10) \
	X(NOT_DEPENDENCY, "not-a-dependency", ENODEV, 10) \
	X(ABORT, "abort-condition", EKEYREJECTED, 10) \
	X(TRY_EACH, "try-each-exhausted", EKEYREJECTED, 10) \
	X(NO_IMAGE_MATCH, "no-image-match", EKEYREJECTED, 10) \
	/* rollback; the report draft has no reason of its own for it */ \
	X(FLOOR, "sequence-number-below-floor", ESTALE, 4) \
	X(FLOOR_REUSED, "sequence-number-reused", ESTALE, 4) \
	X(FLOOR_JUMP, "sequence-number-jump", ERANGE, 4) \
	X(NAME_RETIRED, "name-retired", ESTALE, 4) \
	X(NOT_DELIVERED, "manifest-not-delivered-this-boot", EINVAL, 11) \
	/* the gate */ \
	X(NO_MANIFEST, "no-manifest", ENOKEY, 4) \
	X(NAME, "name-refused", EACCES, 6) \
	X(ROOT, "firmware-root-unknown", EACCES, 6) \
	X(PARTIAL, "partial-read-refused", EOPNOTSUPP, 11) \
	X(UNSEEN, "read-bypassed-loader", EACCES, 11) \
	X(SEALED, "gate-sealed", EPERM, 11) \
	X(MEMORY, "out-of-memory", ENOMEM, 11)

/**
 * enum suit_error - outcome of every function of the core
 *
 * Zero is success and is set in one place per decision; everything starts as a
 * failure.
 */
enum suit_error {
	SUIT_OK = 0,
#define X(id, name, err, reason) SUIT_ERR_##id,
	SUIT_ERRORS(X)
#undef X
	SUIT_ERR_COUNT
};

/**
 * suit_error_name() - stable lower-case name of an error
 * @error: any value
 *
 * Context: any.
 * Return: a static string; "ok" for SUIT_OK, "unknown" for a foreign value.
 */
const char *suit_error_name(enum suit_error error);

/**
 * suit_error_errno() - what the caller in the kernel is told
 * @error: any value
 *
 * Context: any.
 * Return: a negative Linux errno; 0 only for SUIT_OK; -EIO for foreign values.
 */
int suit_error_errno(enum suit_error error);

/**
 * suit_error_reason() - reason code for a SUIT_Report
 * @error: any value
 *
 * Context: any.
 * Return: 0..12 as in draft-ietf-suit-report; 11 for a foreign value.
 */
int suit_error_reason(enum suit_error error);

/**
 * suit_error_soft() - is this a condition that did not hold?
 * @error: any value
 *
 * Only such errors may be caught by soft-failure (draft-ietf-suit-manifest,
 * suit-parameter-soft-failure); a failed directive never is.
 *
 * Context: any.
 * Return: true for the condition class.
 */
bool suit_error_soft(enum suit_error error);

#endif /* SUIT_ERROR_H */
