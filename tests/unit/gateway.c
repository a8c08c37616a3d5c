// SPDX-License-Identifier: GPL-2.0-or-later
#include "gateway.h"

#include <dirent.h>
#include <errno.h>
#include <ftw.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "file_ops.h"
#include "opened.h"

enum { PATHS = 16 };

struct gateway gateway;
char gateway_why[512];
struct sg_gate_digest gateway_digest;

static const char *roots[] = {
	"firmware", "state", "upload", "class", "ta", "config", "manifest",
	"open", "other",
};
static char root_path[COUNT(roots)][GATEWAY_PATH];
static const char *search[2], *file_roots[1], *trust[1];

const char *gateway_path(const char *format, ...)
{
	static char ring[PATHS][1024];
	static unsigned int next;
	char *out = ring[next++ % PATHS];
	int len = snprintf(out, 1024, "%s/", gateway.dir);
	va_list args;

	va_start(args, format);
	vsnprintf(out + len, (size_t)(1024 - len), format, args);
	va_end(args);
	return out;
}

void gateway_put(const char *name, const char *content)
{
	const char *path = gateway_path("%s", name);
	char folder[1024], *slash;
	struct sg_error err;

	strcpy(folder, path);
	for (slash = folder + strlen(gateway.dir) + 1;
	     (slash = strchr(slash, '/')); *slash++ = '/') {
		*slash = '\0';
		mkdir(folder, 0755);
	}
	assert_int_equal(sg_file_write(path, content, strlen(content), 0644,
				       &err), 0);
}

const char *gateway_get(const char *name)
{
	static char ring[PATHS][4096];
	static unsigned int next;
	char *out = ring[next++ % PATHS];
	FILE *file = fopen(gateway_path("%s", name), "r");
	size_t n;

	if (!file)
		return NULL;
	n = fread(out, 1, 4095, file);
	out[n] = '\0';
	fclose(file);
	return out;
}

static void list(const char *path, char *out, size_t cap, size_t skip)
{
	struct dirent **entry;
	int i, n = scandir(path, &entry, NULL, alphasort);
	struct stat st;
	char below[2048];

	for (i = 0; i < n; i++) {
		const char *name = entry[i]->d_name;

		snprintf(below, sizeof(below), "%s/%s", path, name);
		if (strcmp(name, ".") && strcmp(name, "..")) {
			lstat(below, &st);
			snprintf(out + strlen(out), cap - strlen(out), "%s%s%s",
				 *out ? " " : "", below + skip,
				 S_ISDIR(st.st_mode) ? "/" : "");
			if (S_ISDIR(st.st_mode))
				list(below, out, cap, skip);
		}
		free(entry[i]);
	}
	if (n >= 0)
		free(entry);
}

const char *gateway_list(const char *name)
{
	static char ring[4][8192];
	static unsigned int next;
	char *out = ring[next++ % 4];
	const char *path = gateway_path("%s", name);

	out[0] = '\0';
	list(path, out, 8192, strlen(path) + 1);
	return out;
}

static int remove_entry(const char *path, const struct stat *st, int type,
			struct FTW *ftw)
{
	(void)st;
	(void)type;
	return ftw->level ? remove(path) : 0;
}

void gateway_wipe(const char *name)
{
	assert_int_equal(nftw(gateway_path("%s", name), remove_entry, 16,
			      FTW_DEPTH | FTW_PHYS), 0);
}

static const char *key_path(void)
{
	return gateway_path("acme.pem");
}

static void make_trust(void)
{
	struct sg_trust statement = { .sequence = 1 };
	static const char *const prefixes[] = {
		"firmware", "upload", "ta", "config", "manifest", "file",
		"strange",
	};
	struct sg_trust_op *op;
	struct sg_buf bundle;
	struct sg_error err;
	size_t i;

	sg_fs_watch = NULL;
	assert_int_equal(sg_key_generate(SUIT_ALG_ESP256, key_path(), false,
					 &err), 0);
	op = sg_trust_append(&statement, SG_TRUST_ADD, &err);
	op->authority.role = SG_ROLE_VENDOR;
	op->authority.threshold = 1;
	assert_int_equal(sg_trust_set_name(&op->authority, "acme", &err), 0);
	for (i = 0; i < COUNT(prefixes); i++)
		assert_int_equal(sg_trust_add_prefix(&op->authority,
						     prefixes[i], &err), 0);
	assert_int_equal(sg_trust_add_key(&op->authority,
					  gateway_path("acme.pub"), NULL,
					  &err), 0);
	assert_int_equal(sg_trust_encode(&statement, &bundle, &err), 0);
	assert_int_equal(sg_file_write(gateway_path("acme.trust"), bundle.data,
				       bundle.len, 0644, &err), 0);
	sg_buf_free(&bundle);
	sg_trust_free(&statement);
}

/* In main memory, where there is some: these tests write a lot. */
static const char *temporary_folder(void)
{
	return access("/dev/shm", W_OK) == 0 ? "/dev/shm" : "/tmp";
}

int gateway_make(void **state)
{
	static struct sg_gate_floor no_floor;
	static char trust_path[GATEWAY_PATH];
	size_t i;

	(void)state;
	gateway = (struct gateway){ .piece = 7, .answer = SG_ANSWER_YES };
	snprintf(gateway.dir, sizeof(gateway.dir), "%s/suitgate.XXXXXX",
		 temporary_folder());
	if (!mkdtemp(gateway.dir))
		return -1;
	for (i = 0; i < COUNT(roots); i++) {
		snprintf(root_path[i], GATEWAY_PATH, "%s",
			 gateway_path("%s", roots[i]));
		mkdir(root_path[i], 0755);
	}
	search[0] = root_path[0];
	search[1] = root_path[8];
	file_roots[0] = root_path[7];
	snprintf(trust_path, sizeof(trust_path), "%s",
		 gateway_path("acme.trust"));
	trust[0] = trust_path;
	gateway.device = (struct sg_device){
		.firmware_dir = root_path[0], .state_dir = root_path[1],
		.upload_dir = root_path[2], .upload_class = root_path[3],
		.ta_dir = root_path[4], .config_dir = root_path[5],
		.manifest_dir = root_path[6], .file_root = file_roots,
		.n_file_roots = 1, .search = search, .n_search = 2,
		.upload_timeout_s = 1, .any_clock = true,
		.floor = &no_floor,
	};
	gateway.request = (struct sg_process_request){
		.device = &gateway.device, .trust = trust, .n_trust = 1,
	};
	gateway_plug();
	make_trust();
	return 0;
}

int gateway_remove(void **state)
{
	(void)state;
	diag_free();
	gateway_wipe("");
	return rmdir(gateway.dir);
}

struct sg_buf gateway_sign(const char *manifest, const char *members)
{
	static const u8 nobody[] = { 0 };
	struct suit_slice bytes = diag("%s", manifest), plain;
	struct sg_buf unsigned_one, out;
	struct sg_error err;

	plain = diag("107({2: h'%s', 3: h'%s'%s})",
		     hex(wrapper_of(bytes, nobody)), hex(bytes), members);
	unsigned_one = (struct sg_buf){ (uint8_t *)plain.ptr, plain.len };
	if (sg_envelope_sign(&unsigned_one, key_path(), &out, &err) < 0)
		fail_msg("%s", err.message);
	return out;
}

static const char *outcome(int ret, const struct sg_error *err)
{
	gateway_why[0] = '\0';
	if (!ret)
		return "ok";
	strcpy(gateway_why, err->message);
	return err->code ? err->code : "trouble";
}

const char *gateway_process(unsigned int procedure, const char *manifest,
			    const char *members)
{
	struct sg_process_manifest root;
	struct sg_error err = { 0 };
	struct sg_process *process;
	const char *code;
	bool ran = false;
	int ret;

	gateway.request.envelope = gateway_sign(manifest, members);
	gateway.request.procedure = procedure;
	ret = sg_process_open(&gateway.request, &process, &err);
	if (!ret) {
		assert_true(sg_process_get_manifest(process, 0, &root));
		gateway_digest = root.digest;
		ret = sg_process_run(process, &err);
	}
	if (!ret) {
		ran = true;
		ret = sg_process_commit(process, &err);
	}
	if (ret > 0)
		code = ran ? "unchanged" : "waiting";
	else
		code = outcome(ret, &err);
	sg_process_close(process);
	sg_buf_free(&gateway.request.envelope);
	return code;
}

static void must(int ret, const struct sg_error *err)
{
	if (ret)
		fail_msg("%s", err->message);
}

void gateway_confirm(void)
{
	struct sg_error err;

	must(sg_install_confirm(&gateway.device, &gateway_digest, &err), &err);
}

void gateway_revert(void)
{
	struct sg_error err;

	must(sg_install_revert(&gateway.device, &gateway_digest, &err), &err);
}

void gateway_recover(void)
{
	struct sg_error err;

	must(sg_install_recover(&gateway.device, NULL, 0, &err), &err);
}

const char *wanted(const char *content)
{
	return text("3: <<digest'%s'>>, 14: %zu", content, strlen(content));
}
