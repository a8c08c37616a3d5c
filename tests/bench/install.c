// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * install DIR: a payload of 1 GiB fetched, hashed, held against the kernel's
 * profile, put into place; then validated again, against SHA-256 of that file by
 * openssl(1), and of as many bytes that are in the processor's cache: what is
 * between these two is the kernel's copy of each byte. They take turns, and
 * processor time counts.
 *
 * The work is done by a process that is started anew, so that its memory is not
 * that of the preparation.
 */
#include <fcntl.h>
#include <openssl/evp.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "clock.h"
#include "crypto.h"
#include "row.h"
#include "suitgate.h"

enum { MEBIBYTES = 1024, MAX_PATH = 512, ROUNDS = 5 };

/* What a process of this kind may have: libraries and buffers. */
enum { MOST_MEMORY_MIB = 16 };

static const char *dir;

static void must(int good, const char *what, const struct sg_error *err)
{
	if (good)
		return;
	fprintf(stderr, "install: %s: %s\n", what, err ? err->message : "%m");
	exit(1);
}

static const char *path(const char *name)
{
	static char ring[8][MAX_PATH];
	static unsigned int next;
	char *out = ring[next++ % 8];

	snprintf(out, MAX_PATH, "%s/%s", dir, name);
	return out;
}

static void make_trust(void)
{
	struct sg_trust trust = { .sequence = 1 };
	struct sg_error err;
	struct sg_trust_op *op;
	struct sg_buf bundle;

	must(!sg_key_generate(SUIT_ALG_ESP256, path("k.pem"), true, &err),
	     "key", &err);
	op = sg_trust_append(&trust, SG_TRUST_ADD, &err);
	must(op != NULL, "trust", &err);
	op->authority.role = SG_ROLE_VENDOR;
	op->authority.threshold = 1;
	must(!sg_trust_set_name(&op->authority, "bench", &err) &&
	      !sg_trust_add_prefix(&op->authority, "firmware", &err) &&
	      !sg_trust_add_key(&op->authority, path("k.pub"), NULL, &err) &&
	      !sg_trust_encode(&trust, &bundle, &err) &&
	      !sg_file_write(path("k.trust"), bundle.data, bundle.len, 0644,
			     &err), "trust", &err);
	sg_buf_free(&bundle);
	sg_trust_free(&trust);
}

/* A file of zeros takes no room until it is copied. */
static void make_manifest(void)
{
	char uri[MAX_PATH + 8];
	struct sg_author_request request = {
		.component = "firmware/big", .payload = path("payload"),
		.sequence = 1, .uri = uri, .key = path("k.pem"),
	};
	struct sg_error err;
	struct sg_buf out;
	int fd = open(path("payload"), O_WRONLY | O_CREAT | O_TRUNC, 0644);

	must(fd >= 0 && ftruncate(fd, (off_t)MEBIBYTES << 20) == 0 &&
	      close(fd) == 0, "payload", NULL);
	snprintf(uri, sizeof(uri), "file://%s", path("payload"));
	must(!sg_author(&request, &out, &err) &&
	      !sg_file_write(path("big.suit"), out.data, out.len, 0644, &err),
	      "manifest", &err);
	sg_buf_free(&out);
}

/* Processor time of SHA-256 of as many bytes, without reading them. */
static double time_memory(void)
{
	static unsigned char bytes[64 << 10];
	EVP_MD_CTX *ctx = EVP_MD_CTX_new();
	double start = bench_cpu();
	unsigned char out[32];
	size_t i;

	must(ctx && EVP_DigestInit_ex(ctx, EVP_sha256(), NULL) == 1, "SHA-256",
	     NULL);
	for (i = 0; i < ((size_t)MEBIBYTES << 20) / sizeof(bytes); i++)
		EVP_DigestUpdate(ctx, bytes, sizeof(bytes));
	must(EVP_DigestFinal_ex(ctx, out, NULL) == 1, "SHA-256", NULL);
	EVP_MD_CTX_free(ctx);
	return bench_cpu() - start;
}

/* Of openssl(1), which does nothing but hash the file. */
static double time_openssl(void)
{
	struct rusage used;
	pid_t child = fork();
	int status;

	if (!child)
		execlp("openssl", "openssl", "dgst", "-sha256", "-out",
		       "/dev/null", path("firmware/big"), (char *)NULL);
	must(wait4(child, &status, 0, &used) == child && WIFEXITED(status) &&
	     !WEXITSTATUS(status), "openssl dgst", NULL);
	return (double)(used.ru_utime.tv_sec + used.ru_stime.tv_sec) +
	       (double)(used.ru_utime.tv_usec + used.ru_stime.tv_usec) / 1e6;
}

/* From the bytes of the envelope to the verdict. */
static double time_validate(struct sg_process_request *request)
{
	struct sg_process *process;
	double start = bench_cpu();
	struct sg_error err;

	request->procedure = SG_PROCEDURE_VALIDATION;
	must(!sg_process_open(request, &process, &err) &&
	     !sg_process_run(process, &err), "validating", &err);
	sg_process_close(process);
	return bench_cpu() - start;
}

static void validate(struct sg_process_request *request)
{
	double ours[ROUNDS], file[ROUNDS], memory[ROUNDS], rate;
	size_t i;

	for (i = 0; i < ROUNDS; i++) {
		memory[i] = time_memory();
		file[i] = time_openssl();
		ours[i] = time_validate(request);
	}
	rate = MEBIBYTES / bench_median(ours, ROUNDS);
	row("validate 1 GiB that is installed", rate, "MiB/s",
	    "openssl dgst -sha256 of that file",
	    MEBIBYTES / bench_median(file, ROUNDS));
	row("the same", rate, "MiB/s", "SHA-256 without reading it",
	    MEBIBYTES / bench_median(memory, ROUNDS));
}

static int install(void)
{
	const char *trust = path("k.trust"), *search = path("firmware");
	struct sg_process_request request = {
		.trust = &trust, .n_trust = 1, .local_dir = dir,
		.procedure = SG_PROCEDURE_UPDATE,
	};
	double start = bench_now();
	struct sg_process *process;
	struct sg_device device;
	struct sg_error err;

	sg_device_default(&device);
	device.state_dir = path("state");
	device.firmware_dir = search;
	device.search = &search;
	device.n_search = 1;
	device.upload_dir = path("upload");
	device.ta_dir = path("ta");
	device.config_dir = path("config");
	device.manifest_dir = path("manifest");
	request.device = &device;
	must(!sg_file_read(path("big.suit"), 1 << 20, &request.envelope,
			    &err), "manifest", &err);
	must(!sg_process_open(&request, &process, &err) &&
	      !sg_process_run(process, &err) &&
	      !sg_process_commit(process, &err), "installing", &err);
	sg_process_close(process);
	row_alone("install 1 GiB", bench_now() - start, "s");
	validate(&request);
	sg_buf_free(&request.envelope);
	return 0;
}

static void remove_all(void)
{
	pid_t child = fork();

	if (!child)
		execlp("rm", "rm", "-rf", dir, (char *)NULL);
	waitpid(child, NULL, 0);
}

int main(int argc, char **argv)
{
	struct rusage used;
	pid_t child;
	int status;

	if (argc < 2) {
		fprintf(stderr, "usage: install DIR\n");
		return 2;
	}
	dir = argv[1];
	if (argc == 3)
		return install();
	mkdir(dir, 0700);
	make_trust();
	make_manifest();
	child = fork();
	if (!child)
		execl("/proc/self/exe", argv[0], dir, "now", (char *)NULL);
	must(wait4(child, &status, 0, &used) == child &&
	      WIFEXITED(status) && !WEXITSTATUS(status), "the process", NULL);
	row_alone("most memory of that process", (double)used.ru_maxrss / 1024,
		  "MiB");
	remove_all();
	return used.ru_maxrss / 1024 < MOST_MEMORY_MIB ? 0 : 1;
}
