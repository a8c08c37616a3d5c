// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * The FAIL_AT-th call of the process and its children fails. FAIL_LOG, a file,
 * gets the name of what failed, and at the end how many calls there were.
 */
#include <fcntl.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include "wrap.h"

static unsigned int *calls;	/* of all processes */
static unsigned int at;
static pid_t whole;

static void note(const char *text)
{
	const char *path = getenv("FAIL_LOG");
	int fd = path ? open(path, O_WRONLY | O_CREAT | O_APPEND, 0666) : -1;

	if (fd < 0 || write(fd, text, strlen(text)) < 0)
		abort();
	close(fd);
}

__attribute__((constructor)) static void begin(void)
{
	const char *text = getenv("FAIL_AT");

	at = text ? (unsigned int)atoi(text) : 0;
	whole = getpid();
	calls = mmap(NULL, sizeof(*calls), PROT_READ | PROT_WRITE,
		     MAP_SHARED | MAP_ANONYMOUS, -1, 0);
	if (calls == MAP_FAILED)
		abort();
}

__attribute__((destructor)) static void end(void)
{
	char text[32];

	if (getpid() != whole || !getenv("FAIL_LOG"))
		return;
	snprintf(text, sizeof(text), "%u\n", *calls);
	note(text);
}

int fault_here(const char *name, int error)
{
	int before = errno;

	/* the sanitizers' own beginning */
	if (!calls)
		return 0;
	if (__atomic_add_fetch(calls, 1, __ATOMIC_RELAXED) != at) {
		errno = before;
		return 0;
	}
	note(name);
	note("\n");
	errno = error;
	return 1;
}

WRAP(malloc, 0, ENOMEM);
WRAP(calloc, 0, ENOMEM);
WRAP(realloc, 0, ENOMEM);
WRAP(reallocarray, 0, ENOMEM);
WRAP(strdup, 0, ENOMEM);
WRAP(strndup, 0, ENOMEM);
WRAP(asprintf, -1, ENOMEM);

WRAP(open, -1, EMFILE);
WRAP(openat, -1, EMFILE);
WRAP(syscall, -1, EMFILE);
WRAP(opendir, 0, EMFILE);
WRAP(fdopendir, 0, ENOMEM);
WRAP(scandir, -1, ENOMEM);
WRAP(fopen, 0, EMFILE);
WRAP(fdopen, 0, ENOMEM);
WRAP(open_memstream, 0, ENOMEM);
WRAP(getdelim, -1, EIO);
WRAP(dup, -1, EMFILE);
WRAP(pipe2, -1, EMFILE);
WRAP(memfd_create, -1, EMFILE);
WRAP(read, -1, EIO);
WRAP(pread, -1, EIO);
WRAP(write, -1, ENOSPC);
WRAP(pwrite, -1, ENOSPC);
WRAP(fsync, -1, EIO);
WRAP(ftruncate, -1, EIO);
WRAP(fallocate, -1, ENOSPC);
WRAP(rename, -1, EIO);
WRAP(renameat, -1, EIO);
WRAP(linkat, -1, EIO);
WRAP(mkdir, -1, ENOSPC);
WRAP(mkdirat, -1, ENOSPC);
WRAP(symlinkat, -1, ENOSPC);
WRAP(fchmod, -1, EPERM);
WRAP(fchown, -1, EPERM);
WRAP(futimens, -1, EPERM);
WRAP(fstat, -1, EIO);
WRAP(flock, -1, ENOLCK);
WRAP(getentropy, -1, EIO);

WRAP(BIO_new, 0, 0);
WRAP(BIO_new_mem_buf, 0, 0);
WRAP(EVP_CIPHER_CTX_new, 0, 0);
WRAP(EVP_Digest, 0, 0);
WRAP(EVP_DigestFinal_ex, 0, 0);
WRAP(EVP_DigestInit_ex, 0, 0);
WRAP(EVP_DigestInit_ex2, 0, 0);
WRAP(EVP_DigestSign, 0, 0);
WRAP(EVP_DigestSignFinal, 0, 0);
WRAP(EVP_DigestSignInit_ex, 0, 0);
WRAP(EVP_DigestSignUpdate, 0, 0);
WRAP(EVP_DigestUpdate, 0, 0);
WRAP(EVP_DigestVerify, -1, 0);
WRAP(EVP_DigestVerifyInit_ex, 0, 0);
WRAP(EVP_EncryptFinal_ex, 0, 0);
WRAP(EVP_EncryptInit_ex, 0, 0);
WRAP(EVP_EncryptUpdate, 0, 0);
WRAP(EVP_KDF_CTX_new, 0, 0);
WRAP(EVP_KDF_derive, 0, 0);
WRAP(EVP_KDF_fetch, 0, 0);
WRAP(EVP_MD_CTX_new, 0, 0);
WRAP(EVP_MD_fetch, 0, 0);
WRAP(EVP_PKEY_CTX_new_from_name, 0, 0);
WRAP(EVP_PKEY_CTX_new_from_pkey, 0, 0);
WRAP(EVP_PKEY_Q_keygen, 0, 0);
WRAP(EVP_PKEY_derive, 0, 0);
WRAP(EVP_PKEY_fromdata, 0, 0);
WRAP(EVP_PKEY_fromdata_init, 0, 0);
WRAP(EVP_PKEY_get_bn_param, 0, 0);
WRAP(EVP_PKEY_get_raw_public_key, 0, 0);
WRAP(EVP_PKEY_public_check, 0, 0);
WRAP(EVP_PKEY_verify, -1, 0);
WRAP(EVP_PKEY_verify_init, 0, 0);
WRAP(OSSL_PARAM_BLD_new, 0, 0);
WRAP(OSSL_PARAM_BLD_push_octet_string, 0, 0);
WRAP(OSSL_PARAM_BLD_push_utf8_string, 0, 0);
WRAP(OSSL_PARAM_BLD_to_param, 0, 0);
WRAP(PEM_read_bio_PrivateKey, 0, 0);
WRAP(PEM_write_bio_PKCS8PrivateKey, 0, 0);
WRAP(RAND_bytes, 0, 0);
WRAP(RAND_priv_bytes, 0, 0);
WRAP(d2i_ECDSA_SIG, 0, 0);

WRAP(sd_json_build, -12, 0);
WRAP(sd_json_parse, -12, 0);
WRAP(sd_json_variant_append_array, -12, 0);
WRAP(sd_json_variant_format, -12, 0);
WRAP(sd_json_variant_merge_objectb, -12, 0);
WRAP(sd_json_variant_new_array, -12, 0);
WRAP(sd_json_variant_new_hex, -12, 0);
WRAP(sd_json_variant_new_integer, -12, 0);
WRAP(sd_json_variant_new_object, -12, 0);
WRAP(sd_json_variant_new_string, -12, 0);
WRAP(sd_json_variant_new_stringn, -12, 0);
WRAP(sd_json_variant_new_unsigned, -12, 0);
WRAP(sd_json_variant_unhex, -12, 0);
