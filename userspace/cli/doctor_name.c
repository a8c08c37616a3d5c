// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * suitctl doctor NAME: all about one firmware file.
 */
#include <inttypes.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/utsname.h>
#include <unistd.h>

#include <openssl/evp.h>

#include "cli.h"
#include "doctor.h"
#include "gate_out.h"

/* Largest file whose verdict is asked for; roots of the loader. */
enum { MAX_FILE = 256 << 20, N_ROOTS = 5 };

/**
 * struct roots - where the kernel's loader looks, in its order
 * @dir: folders, empty when there is none
 */
struct roots {
	char dir[N_ROOTS][PATH_MAX];
};

/**
 * struct finding - what is known about a name
 * @roots: see there
 * @name: as the driver says it, with .xz or .zst when it is stored so
 * @path: file that a driver would get now, empty without one
 * @root: folder of @path
 * @last: the last decision, or NULL
 */
struct finding {
	struct roots roots;
	char name[PATH_MAX];
	char path[PATH_MAX + 8];
	const char *root;
	const struct sg_gate_record *last;
};

static void find_roots(struct roots *roots)
{
	struct utsname kernel;
	FILE *file;

	memset(roots, 0, sizeof(*roots));
	file = fopen("/sys/module/firmware_class/parameters/path", "re");
	if (file) {
		if (fgets(roots->dir[0], PATH_MAX, file))
			roots->dir[0][strcspn(roots->dir[0], "\n")] = '\0';
		fclose(file);
	}
	uname(&kernel);
	snprintf(roots->dir[1], PATH_MAX, "/lib/firmware/updates/%s",
		 kernel.release);
	strcpy(roots->dir[2], "/lib/firmware/updates");
	snprintf(roots->dir[3], PATH_MAX, "/lib/firmware/%s", kernel.release);
	strcpy(roots->dir[4], "/lib/firmware");
}

/* The longest root that @path lies below, or NULL. */
static const char *root_of(const struct roots *roots, const char *path)
{
	const char *best = NULL;
	size_t i, len, best_len = 0;

	for (i = 0; i < N_ROOTS; i++) {
		len = strlen(roots->dir[i]);
		if (len > best_len && !strncmp(roots->dir[i], path, len) &&
		    path[len] == '/') {
			best = roots->dir[i];
			best_len = len;
		}
	}
	return best;
}

/* Is the record about @name, perhaps compressed? */
static bool about(const struct sg_gate_record *record, const char *name)
{
	static const char *const tails[] = { "", ".xz", ".zst" };
	size_t i, len = strlen(record->name);

	for (i = 0; i < sizeof(tails) / sizeof(tails[0]); i++) {
		size_t tail = strlen(tails[i]), all = strlen(name) + tail;
		const char *at;

		if (len < all || strcmp(record->name + len - tail, tails[i]))
			continue;
		at = record->name + len - all;
		if (!strncmp(at, name, strlen(name)) &&
		    (at == record->name || at[-1] == '/'))
			return true;
	}
	return false;
}

/* The file that the loader would take for @name now. */
static void find_file(struct finding *f, const char *name)
{
	static const char *const tails[] = { "", ".zst", ".xz" };
	size_t i, tail;

	for (tail = 0; tail < sizeof(tails) / sizeof(tails[0]); tail++) {
		for (i = 0; i < N_ROOTS; i++) {
			const char *dir = f->roots.dir[i];

			if (!*dir ||
			    snprintf(f->path, sizeof(f->path), "%s/%s%s", dir,
				     name, tails[tail]) >= (int)sizeof(f->path) ||
			    access(f->path, F_OK) < 0)
				continue;
			f->root = dir;
			snprintf(f->name, sizeof(f->name), "%s%s", name,
				 tails[tail]);
			return;
		}
	}
	f->path[0] = '\0';
	snprintf(f->name, sizeof(f->name), "%s", name);
}

static void print_last(const struct finding *f)
{
	const struct sg_gate_record *r = f->last;
	const char *root, *meaning, *action;
	char when[OUT_TIME], age[OUT_AGE], hex[65];

	if (!r) {
		puts("  Nobody asked for it since the gate came, or that is "
		     "forgotten by now.");
		return;
	}
	out_time(r->time, when);
	out_age(r->time, age);
	root = root_of(&f->roots, r->name);
	printf("  asked for   %s, %s ago, by %s[%" PRIu32 "]\n", when, age,
	       r->comm, r->pid);
	printf("  path        %s\n", r->name);
	printf("  root        %s\n", root ? root : "none of the loader's");
	sg_gate_hex(r->digest, sizeof(r->digest), hex);
	printf("  bytes       %" PRIu64 ", sha-256 %s\n", r->bytes, hex);
	if (r->authority[0])
		printf("  authority   %s, sequence %" PRIu64 "\n",
		       r->authority, r->sequence_number);
	sg_gate_hex(r->manifest, sizeof(r->manifest), hex);
	if (strcmp(r->source, "none"))
		printf("  manifest    %s, %s\n", hex,
		       strcmp(r->source, "sidecar") ? "loaded" :
		       "read from beside the file");
	else
		puts("  manifest    none");
	printf("  verdict     %s in mode %s: %s\n", r->verdict, r->mode,
	       r->error);
	sg_advice(r->error, &meaning, &action);
	if (doctor_bad(r))
		printf("  that means  %s\n  do          %s\n", meaning, action);
}

/* Has the gate a manifest whose digest begins so? When nobody can say: yes. */
static bool loaded(const char *hex)
{
	char line[1024];
	bool found = false;
	FILE *file;

	file = fopen("/sys/kernel/security/suitgate/manifests", "re");
	if (!file)
		return true;
	while (!found && fgets(line, sizeof(line), file))
		found = !strncmp(line, hex, strlen(hex));
	fclose(file);
	return found;
}

static bool is_loaded(const struct sg_buf *envelope)
{
	char hex[2 * SG_GATE_MAX_DIGEST + 1];
	struct sg_gate_digest digest;
	struct sg_error ignored;

	if (sg_gate_digest_of(envelope, &digest, &ignored) < 0)
		return false;
	sg_gate_hex(digest.value, digest.len, hex);
	return loaded(hex);
}

/* Was the file as it is delivered by a manifest that is still loaded? */
static bool as_last(const struct finding *f, const struct sg_buf *payload)
{
	const struct sg_gate_record *r = f->last;
	char hex[2 * sizeof(r->manifest) + 1];
	uint8_t sha256[sizeof(r->digest)];

	if (!r || strcmp(r->error, "ok") || strcmp(r->source, "loaded") ||
	    EVP_Digest(payload->data, payload->len, sha256, NULL, EVP_sha256(),
		       NULL) != 1 ||
	    memcmp(sha256, r->digest, sizeof(sha256)))
		return false;
	sg_gate_hex(r->manifest, sizeof(r->manifest), hex);
	return loaded(hex);
}

/* How far a manifest's refusal got: the best one is worth telling. */
static int rank(const struct sg_error *err)
{
	if (!err->code)
		return 0;
	if (!strcmp(err->code, "component-not-in-manifest"))
		return 1;
	return 2;
}

/* Ask for one manifest; true when it would let the file through. */
static bool ask(struct sg_gate *gate, struct sg_gate_question *question,
		const char *origin, struct sg_error *best)
{
	struct sg_error err = { 0 };

	if (sg_gate_check(gate, question, &err) == 0)
		return true;
	if (rank(&err) > 1)
		printf("  now         %s: %s\n", origin, err.code);
	if (rank(&err) > rank(best))
		*best = err;
	return false;
}

static bool ask_sidecar(struct sg_gate *gate, const struct finding *f,
			struct sg_gate_question *question,
			struct sg_error *best)
{
	char path[PATH_MAX + 16];
	struct sg_error err;
	bool yes;

	snprintf(path, sizeof(path), "%s.suit", f->path);
	if (access(path, F_OK) < 0)
		return false;
	if (sg_file_read(path, CLI_MAX_ENVELOPE, &question->envelope, &err) < 0) {
		printf("  now         %s\n", err.message);
		return false;
	}
	yes = ask(gate, question, path, best);
	if (yes)
		printf("  now         would be delivered by %s\n", path);
	sg_buf_free(&question->envelope);
	return yes;
}

/* Likewise; @idle: it would if it were loaded. */
static bool ask_stored(struct sg_gate *gate, struct sg_gate_question *question,
		       struct sg_error *best, bool *idle)
{
	struct sg_state state;
	struct sg_error err;
	bool yes = false;
	size_t i;

	if (sg_state_collect(SG_CONFIG_DIR, SG_STATE_DIR, &state, &err) < 0) {
		printf("  now         %s\n", err.message);
		return false;
	}
	for (i = 0; i < state.n && !yes; i++) {
		if (state.item[i].kind != SG_STATE_MANIFEST)
			continue;
		question->envelope = state.item[i].bytes;
		yes = ask(gate, question, state.item[i].origin, best);
		*idle = yes && !is_loaded(&question->envelope);
		if (*idle)
			printf("  now         %s lets it through, but is not loaded\n"
			       "  do          suitctl load %s\n",
			       state.item[i].origin, state.item[i].origin);
		else if (yes)
			printf("  now         would be delivered by %s\n",
			       state.item[i].origin);
	}
	question->envelope = (struct sg_buf){ 0 };
	sg_state_free(&state);
	return yes;
}

/* What the gate says to each manifest on this disk, for the file as it is. */
static bool print_now(struct sg_gate *gate, const struct finding *f)
{
	char component[PATH_MAX + 16];
	struct sg_gate_question question = { .component = component };
	struct sg_error best = { 0 }, err;
	const char *meaning, *action;
	bool yes, idle = false, last = false;

	if (!f->path[0]) {
		puts("  now         there is no such file in the loader's "
		     "folders");
		return false;
	}
	printf("  file        %s\n", f->path);
	if (sg_file_read(f->path, MAX_FILE, &question.payload, &err) < 0) {
		printf("  now         %s\n", err.message);
		return false;
	}
	snprintf(component, sizeof(component), "firmware/%s", f->name);
	yes = ask_stored(gate, &question, &best, &idle) ||
	      ask_sidecar(gate, f, &question, &best);
	if (!yes)
		last = as_last(f, &question.payload);
	sg_buf_free(&question.payload);
	if (last)
		puts("  now         would be delivered by that manifest, until the next "
		     "boot: it is not in /etc/suitgate/manifests");
	if (yes || last)
		return !idle;
	sg_advice(rank(&best) > 1 ? best.code : "no-manifest", &meaning,
		  &action);
	printf("  now         no manifest in /etc/suitgate, /var/lib/suitgate "
	       "or beside the file lets it through\n"
	       "  that means  %s\n  do          %s\n", meaning, action);
	return false;
}

static int as_json(const struct doctor_records *all, const char *name)
{
	sd_json_variant *out = NULL;
	bool bad = false;
	size_t i;

	sd_json_variant_new_array(&out, NULL, 0);
	for (i = 0; i < all->n; i++) {
		if (!about(&all->record[i], name))
			continue;
		bad = doctor_bad(&all->record[i]);
		if (doctor_append(&out, &all->record[i]) < 0)
			break;
	}
	return out_json(out) ? 2 : bad;
}

int doctor_name(struct sg_gate *gate, const char *name, bool json)
{
	struct doctor_records all = { 0 };
	struct finding *f = NULL;
	struct sg_error err;
	const char *root;
	size_t i;
	int ret = 2;

	f = calloc(1, sizeof(*f));
	if (!f || !doctor_read(gate, &all, &err)) {
		ret = f ? cli_error(&err) : out_json(NULL);
		goto out;
	}
	find_roots(&f->roots);
	root = root_of(&f->roots, name);
	if (root)
		name += strlen(root) + 1;
	if (json) {
		ret = as_json(&all, name);
		goto out;
	}
	for (i = 0; i < all.n; i++)
		if (about(&all.record[i], name))
			f->last = &all.record[i];
	find_file(f, name);
	printf("%s\n", name);
	print_last(f);
	ret = print_now(gate, f) ? 0 : 1;
	if (f->last ? doctor_bad(f->last) : !f->path[0])
		ret = 1;
out:
	free(all.record);
	free(f);
	return ret;
}
