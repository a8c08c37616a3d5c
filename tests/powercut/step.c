// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * One step of a device's life, to be cut off anywhere:
 *
 *	step author AUTHOR FIRST LAST	keys, and releases
 *	step install DISK AUTHOR R	release R in place, on trial
 *	step confirm DISK AUTHOR R
 *	step revert DISK AUTHOR R
 *	step floor DISK AUTHOR R [COUNTER]
 *					older ones are refused; see floors.h
 *	step abandon DISK AUTHOR -	whatever is on trial is reverted
 *	step check DISK AUTHOR LOW HIGH [FLOOR-LOW FLOOR-HIGH [COUNTER]]
 *					after a cut: LOW or HIGH, and whole
 *
 * With NO_SYNC in the environment nothing is made durable: what shows that
 * "check" can fail.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <systemd/sd-json.h>

#include "crypto.h"
#include "file_ops.h"
#include "floors.h"
#include "suitgate.h"

#define TA "8d82573a-926d-4754-9353-32dc29997f74"
#define COUNT(a) (sizeof(a) / sizeof(*(a)))

enum { MAX_PATH = 512, MAX_SIZE = 1 << 20 };

/* What each release consists of: one file is large, to be written in pieces. */
static const struct {
	const char *component;
	const char *file;
	size_t size;
} part[] = {
	{ "firmware/acme/radio.fw", "firmware/acme/radio.fw", 30000 },
	{ "config/settings", "config/settings", 100 },
	{ "ta/" TA, "ta/" TA ".ta", 5000 },
	{ "firmware/acme/big.fw", "firmware/acme/big.fw", 300000 },
};

int __real_sg_fs_sync(int fd);
int __wrap_sg_fs_sync(int fd);

int __wrap_sg_fs_sync(int fd)
{
	return getenv("NO_SYNC") ? 0 : __real_sg_fs_sync(fd);
}

static void must(int good, const char *what, const struct sg_error *err)
{
	if (good)
		return;
	fprintf(stderr, "step: %s: %s\n", what, err ? err->message : "%m");
	exit(2);
}

static const char *path(const char *dir, const char *name)
{
	static char ring[16][MAX_PATH];
	static unsigned int next;
	char *out = ring[next++ % 16];

	snprintf(out, MAX_PATH, "%s/%s", dir, name);
	return out;
}

/* Bytes of a release that no other one has at that place. */
static const uint8_t *content(size_t i, unsigned long release)
{
	static uint8_t bytes[MAX_SIZE];
	size_t at;

	for (at = 0; at < part[i].size; at++)
		bytes[at] = (uint8_t)(release * 37 + at / 16 + i);
	return bytes;
}

static const char *name_of(unsigned long release, const char *ending)
{
	static char ring[8][64];
	static unsigned int next;
	char *out = ring[next++ % 8];

	snprintf(out, 64, "%lu.%s", release, ending);
	return out;
}

static const char *payload_name(unsigned long release, size_t i)
{
	char ending[16];

	snprintf(ending, sizeof(ending), "%zu", i);
	return name_of(release, ending);
}

static void make_trust(const char *author)
{
	static const char *const prefix[] = { "firmware", "config", "ta" };
	struct sg_trust trust = { .sequence = 1 };
	struct sg_trust_op *op;
	struct sg_buf bundle;
	struct sg_error err;
	size_t i;

	must(!sg_key_generate(SUIT_ALG_ESP256, path(author, "acme.pem"), true,
			      &err), "key", &err);
	op = sg_trust_append(&trust, SG_TRUST_ADD, &err);
	must(op != NULL, "trust", &err);
	op->authority.role = SG_ROLE_VENDOR;
	op->authority.threshold = 1;
	must(!sg_trust_set_name(&op->authority, "acme", &err), "trust", &err);
	for (i = 0; i < COUNT(prefix); i++)
		must(!sg_trust_add_prefix(&op->authority, prefix[i], &err),
		     "trust", &err);
	must(!sg_trust_add_key(&op->authority, path(author, "acme.pub"), NULL,
			       &err) &&
	     !sg_trust_encode(&trust, &bundle, &err) &&
	     !sg_file_write(path(author, "acme.trust"), bundle.data,
			    bundle.len, 0644, &err), "trust", &err);
	sg_buf_free(&bundle);
	sg_trust_free(&trust);
}

/* A manifest for all parts, as JSON. */
static void describe(FILE *out, const char *author, unsigned long release)
{
	size_t i;

	fprintf(out, "{\"manifest\": {\"version\": 1, \"sequence-number\": %lu,"
		"\"common\": {\"components\": [", release);
	for (i = 0; i < COUNT(part); i++)
		fprintf(out, "%s\"%s\"", i ? "," : "", part[i].component);
	fputs("], \"shared-sequence\": [", out);
	for (i = 0; i < COUNT(part); i++) {
		const char *file = path(author, payload_name(release, i));

		fprintf(out, "%s{\"directive-set-component-index\": %zu},"
			"{\"directive-override-parameters\": {"
			"\"image-digest\": {\"file\": \"%s\"},"
			"\"image-size\": {\"file\": \"%s\"},"
			"\"uri\": \"%s\"}}", i ? "," : "", i, file, file,
			payload_name(release, i));
	}
	fputs("]}, \"validate\": [{\"directive-set-component-index\": true},"
	      "\"condition-image-match\"], \"install\": ["
	      "{\"directive-set-component-index\": true},"
	      "\"directive-fetch\", \"condition-image-match\"]}}", out);
}

static void make_release(const char *author, unsigned long release)
{
	sd_json_variant *spec;
	struct sg_error err;
	struct sg_buf out;
	char *text;
	size_t len, i;
	FILE *file;

	for (i = 0; i < COUNT(part); i++)
		must(!sg_file_write(path(author, payload_name(release, i)),
				    content(i, release), part[i].size, 0644,
				    &err), "payload", &err);
	file = open_memstream(&text, &len);
	must(file != NULL, "memory", NULL);
	describe(file, author, release);
	fclose(file);
	must(sd_json_parse(text, 0, &spec, NULL, NULL) >= 0, text, NULL);
	must(!sg_spec_create(spec, path(author, "acme.pem"), true, &out, &err) &&
	     !sg_file_write(path(author, name_of(release, "suit")), out.data,
			    out.len, 0644, &err), "manifest", &err);
	sg_buf_free(&out);
	sd_json_variant_unref(spec);
	free(text);
}

static const struct sg_device *device_on(const char *disk)
{
	static struct sg_device device;
	static const char *search;
	static const char *const folder[] = {
		"firmware", "state", "upload", "ta", "config", "manifest",
	};
	size_t i;

	for (i = 0; i < COUNT(folder); i++)
		mkdir(path(disk, folder[i]), 0755);
	sg_device_default(&device);
	search = strdup(path(disk, "firmware"));
	device.firmware_dir = search;
	device.search = &search;
	device.n_search = 1;
	device.state_dir = strdup(path(disk, "state"));
	device.upload_dir = strdup(path(disk, "upload"));
	device.ta_dir = strdup(path(disk, "ta"));
	device.config_dir = strdup(path(disk, "config"));
	device.manifest_dir = strdup(path(disk, "manifest"));
	return &device;
}

static struct sg_buf read_release(const char *author, unsigned long release)
{
	struct sg_error err;
	struct sg_buf out;

	must(!sg_file_read(path(author, name_of(release, "suit")), MAX_SIZE,
			   &out, &err), "release", &err);
	return out;
}

static void install(const struct sg_device *device, const char *author,
		    unsigned long release)
{
	const char *trust = path(author, "acme.trust");
	struct sg_process_request request = {
		.device = device, .trust = &trust, .n_trust = 1,
		.local_dir = author, .procedure = SG_PROCEDURE_UPDATE,
		.envelope = read_release(author, release),
	};
	struct sg_process *process;
	struct sg_error err;

	must(!sg_process_open(&request, &process, &err), "opening", &err);
	must(!sg_process_run(process, &err), "running", &err);
	must(!sg_process_commit(process, &err), "committing", &err);
	sg_process_close(process);
	sg_buf_free(&request.envelope);
}

static struct sg_gate_digest digest_of(const char *author,
				       unsigned long release)
{
	struct sg_buf envelope = read_release(author, release);
	struct sg_gate_digest out;
	struct sg_error err;

	must(!sg_gate_digest_of(&envelope, &out, &err), "digest", &err);
	sg_buf_free(&envelope);
	return out;
}

static bool is_release(const char *disk, size_t i, unsigned long release)
{
	struct sg_error err;
	struct sg_buf is;
	bool same;

	if (sg_file_read(path(disk, part[i].file), MAX_SIZE, &is, &err) < 0)
		return false;
	same = is.len == part[i].size &&
	       !memcmp(is.data, content(i, release), is.len);
	sg_buf_free(&is);
	return same;
}

static bool all_are(const char *disk, unsigned long release)
{
	size_t i;

	for (i = 0; i < COUNT(part); i++)
		if (!is_release(disk, i, release))
			return false;
	return true;
}

/* 0, or 1 with what is wrong on standard output. */
static int check(const char *disk, const struct sg_device *device,
		 unsigned long low, unsigned long high)
{
	struct sg_error err;
	size_t i;

	for (i = 0; i < COUNT(part); i++) {
		if (is_release(disk, i, low) || is_release(disk, i, high))
			continue;
		printf("%s is neither that of release %lu nor of %lu\n",
		       part[i].component, low, high);
		return 1;
	}
	if (sg_install_recover(device, NULL, 0, &err)) {
		printf("recovering: %s\n", err.message);
		return 1;
	}
	if (all_are(disk, low) || all_are(disk, high))
		return 0;
	puts("some components are of one release, some of another");
	return 1;
}

/* The last arguments of check. */
static int check_floors(char **argv)
{
	struct sg_error err;

	if (!floors_check(argv[2], strtoul(argv[6], NULL, 10),
			  strtoul(argv[7], NULL, 10), argv[8], &err))
		return 0;
	printf("floors: %s\n", err.message);
	return 1;
}

static int find_trial(void *context, const struct sg_install *is)
{
	struct sg_gate_digest *out = context;

	if (is->state == SG_INSTALL_APPLIED)
		*out = is->manifest;
	return 0;
}

static void abandon(const struct sg_device *device)
{
	struct sg_gate_digest digest = { .len = 0 };
	struct sg_error err;

	must(!sg_install_list(device, find_trial, &digest, &err), "list", &err);
	if (digest.len)
		must(!sg_install_revert(device, &digest, &err), "revert", &err);
}

int main(int argc, char **argv)
{
	const char *verb = argc > 4 ? argv[1] : "";
	const struct sg_device *device;
	struct sg_gate_digest digest;
	struct sg_error err;
	unsigned long release, i;

	if (!strcmp(verb, "author")) {
		mkdir(argv[2], 0755);
		make_trust(argv[2]);
		for (i = strtoul(argv[3], NULL, 10);
		     i <= strtoul(argv[4], NULL, 10); i++)
			make_release(argv[2], i);
		return 0;
	}
	if (argc < 5) {
		fputs("usage: step VERB DISK AUTHOR RELEASE\n", stderr);
		return 2;
	}
	device = device_on(argv[2]);
	release = strtoul(argv[4], NULL, 10);
	if (!strcmp(verb, "check") && argc >= 6)
		return check(argv[2], device, release,
			     strtoul(argv[5], NULL, 10)) ||
		       (argc >= 8 && check_floors(argv));
	if (!strcmp(verb, "abandon")) {
		abandon(device);
		return 0;
	}
	if (!strcmp(verb, "install")) {
		install(device, argv[3], release);
		return 0;
	}
	digest = digest_of(argv[3], release);
	if (!strcmp(verb, "confirm"))
		must(!sg_install_confirm(device, &digest, &err), verb, &err);
	else if (!strcmp(verb, "floor"))
		must(!floors_raise(argv[2], release, &digest, argv[5], &err),
		     verb, &err);
	else if (!strcmp(verb, "revert"))
		must(!sg_install_revert(device, &digest, &err), verb, &err);
	else
		must(0, verb, NULL);
	return 0;
}
