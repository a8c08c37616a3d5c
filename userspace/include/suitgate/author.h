/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * Making manifests: for one file, for a whole folder, from a description in
 * JSON; and such a description of any manifest.
 */
#ifndef SUITGATE_AUTHOR_H
#define SUITGATE_AUTHOR_H

#include <stdio.h>

#include "suitgate/types.h"

struct sd_json_variant;

/**
 * struct sg_author_request - a manifest for one file
 * @component: "firmware/acme/x.fw", segments split at '/'
 * @payload: path of the file as it will be delivered
 * @vendor: domain name or UUID, or NULL
 * @class_id: class of device, a name below @vendor or a UUID, or NULL
 * @sequence: a later manifest has a higher one
 * @version: version for people, or NULL; one like "1.2.3" or "1.2.3-rc.1" is
 *	written for devices to compare too
 * @uri: where devices fetch the file, or NULL
 * @integrated: put the file into the envelope
 * @key: path of the private key; NULL leaves the envelope unsigned
 */
struct sg_author_request {
	const char *component;
	const char *payload;
	const char *vendor;
	const char *class_id;
	uint64_t sequence;
	const char *version;
	const char *uri;
	bool integrated;
	const char *key;
};

/**
 * sg_author() - describe one file, and sign the description
 * @request: what to write
 * @out: envelope, checked as the kernel will check it
 * @err: what is wrong with the request
 *
 * Context: reads @request->payload and the key.
 * Return: 0 or -1.
 */
int sg_author(const struct sg_author_request *request, struct sg_buf *out,
	      struct sg_error *err);

/**
 * struct sg_bless_request - a manifest for everything below a folder
 * @dir: the folder, as drivers' requests are looked up in it
 * @sequence: a later manifest has a higher one
 * @id: manifest-component-id, which the sequence numbers count for,
 *	"firmware/acme"; NULL: none, or for a catalogue the folder that all its
 *	names have in common
 * @key: path of the private key; NULL leaves the envelope unsigned
 * @wanted: shall the name, whose file is at path, be in it? NULL wants all
 * @skipped: told of every name that is left out and why; may be NULL
 * @progress: told how many of @total files are done; may be NULL
 * @context: for all of them
 */
struct sg_bless_request {
	const char *dir;
	uint64_t sequence;
	const char *id;
	const char *key;
	bool (*wanted)(void *context, const char *name, const char *path);
	void (*skipped)(void *context, const char *name, const char *why);
	void (*progress)(void *context, size_t done, size_t total);
	void *context;
};

/**
 * struct sg_bless_report - what was blessed
 * @names: names that drivers can ask for
 * @files: files behind them; several names may lead to one
 * @bytes: of those files
 * @skipped: names that were left out
 * @catalogue: the manifest has the catalogue form
 */
struct sg_bless_report {
	size_t names;
	size_t files;
	uint64_t bytes;
	size_t skipped;
	bool catalogue;
};

/**
 * sg_bless() - sign everything that a driver can ask for below a folder
 * @request: which folder
 * @out: envelope, checked as the kernel will check it
 * @report: what is in it
 * @err: what went wrong
 *
 * Symbolic links are names of what they lead to. Compressed files are signed
 * as they are stored. Sidecars (.suit, .sig) are no firmware.
 *
 * Context: reads every file below the folder.
 * Return: 0 or -1.
 */
int sg_bless(const struct sg_bless_request *request, struct sg_buf *out,
	     struct sg_bless_report *report, struct sg_error *err);

/**
 * sg_firmware_walk() - every name that a driver can ask for below a folder
 * @dir: as for sg_bless()
 * @each: told of a name and the file behind it; what it returns, unless 0, ends
 *	the walk
 * @context: for @each
 * @err: what went wrong; @each may fill it too
 *
 * Return: 0, -1, or what @each returned.
 */
int sg_firmware_walk(const char *dir,
		     int (*each)(void *context, const char *name,
				 const char *path, struct sg_error *err),
		     void *context, struct sg_error *err);

/**
 * sg_envelope_find() - which of these components does a manifest name?
 * @envelope: nothing of it is verified
 * @component: "firmware/NAME", ...; one that is no component is not named
 * @n: how many
 * @found: result, @n of them
 * @err: the verifier's error for what is no envelope
 *
 * Return: how many, or -1.
 */
int sg_envelope_find(const struct sg_buf *envelope,
		     const char *const *component, size_t n, bool *found,
		     struct sg_error *err);

/**
 * sg_spec_show() - everything in an envelope as JSON
 * @envelope: tagged or untagged
 * @out: object that sg_spec_create() takes, format in docs/spec-json.md
 * @err: why it cannot be read
 *
 * Nothing is verified.
 *
 * Context: any.
 * Return: 0 or -1.
 */
int sg_spec_show(const struct sg_buf *envelope, struct sd_json_variant **out,
		 struct sg_error *err);

/**
 * sg_spec_print() - an envelope for people
 * @spec: what sg_spec_show() made of it
 * @out: where to; a terminal is safe from what the envelope says
 * @err: why it cannot be written
 *
 * Payloads and other long bytes are left out: sg_spec_show() has them.
 *
 * Context: writes @out.
 * Return: 0 or -1.
 */
int sg_spec_print(struct sd_json_variant *spec, FILE *out,
		  struct sg_error *err);

/**
 * sg_spec_create() - an envelope from its description
 * @spec: object, format in docs/spec-json.md
 * @key: path of the private key; NULL leaves the envelope unsigned
 * @checked: refuse what a verifier will refuse; else only what is no envelope
 * @out: envelope; of what sg_spec_show() printed, with the same manifest
 * @err: where in @spec and what
 *
 * Context: reads files that @spec names.
 * Return: 0 or -1.
 */
int sg_spec_create(struct sd_json_variant *spec, const char *key, bool checked,
		   struct sg_buf *out, struct sg_error *err);

/**
 * sg_envelope_sever() - take severed members out of an envelope
 * @envelope: signed or not
 * @names: "install", "text", ..., NULL at the end; NULL itself: all there are
 * @out: the same without them; every signature stays good, since the manifest
 *	has their digests (draft-ietf-suit-manifest 5.5)
 * @err: which of them is not there
 *
 * Context: any.
 * Return: 0 or -1.
 */
int sg_envelope_sever(const struct sg_buf *envelope, const char *const *names,
		      struct sg_buf *out, struct sg_error *err);

/**
 * sg_envelope_merge() - put a payload or a dependency into an envelope
 * @envelope: signed or not
 * @uri: by which the manifest fetches it
 * @payload: the bytes; of a dependency, its envelope
 * @out: the same with it; every signature stays good: what protects the bytes is
 *	their digest in the manifest
 * @err: the manifest does not fetch @uri, or the envelope has it already
 *
 * Context: any.
 * Return: 0 or -1.
 */
int sg_envelope_merge(const struct sg_buf *envelope, const char *uri,
		      const struct sg_buf *payload, struct sg_buf *out,
		      struct sg_error *err);

#endif /* SUITGATE_AUTHOR_H */
