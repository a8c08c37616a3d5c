// SPDX-License-Identifier: GPL-2.0-only
/*
 * bpf fentry|fmod_ret FUNCTION VALUE: attach a BPF program that returns VALUE to
 * a kernel function, say "attached" or the error, and keep it until the standard
 * input ends. With nothing but the system call: the gateway has no libbpf.
 */
#include <errno.h>
#include <fcntl.h>
#include <linux/bpf.h>
#include <linux/btf.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

static const char types_path[] = "/sys/kernel/btf/vmlinux";

static size_t tail(uint32_t kind, uint32_t n)
{
	switch (kind) {
	case BTF_KIND_INT:
	case BTF_KIND_VAR:
	case BTF_KIND_DECL_TAG:
		return 4;
	case BTF_KIND_ARRAY:
		return sizeof(struct btf_array);
	case BTF_KIND_STRUCT:
	case BTF_KIND_UNION:
	case BTF_KIND_ENUM64:
	case BTF_KIND_DATASEC:
		return 12 * n;
	case BTF_KIND_ENUM:
	case BTF_KIND_FUNC_PROTO:
		return 8 * n;
	default:
		return 0;
	}
}

/* The number of a function in the kernel's type information; 0: not there. */
static uint32_t find_function(const char *name)
{
	const struct btf_header *head;
	const struct btf_type *type;
	const char *strings;
	char *bytes, *at, *end;
	uint32_t id = 1, kind;
	struct stat stat;
	ssize_t len = 0, n;
	int fd = open(types_path, O_RDONLY);

	if (fd < 0 || fstat(fd, &stat))
		return 0;
	bytes = malloc(stat.st_size);
	while (len < stat.st_size &&
	       (n = read(fd, bytes + len, stat.st_size - len)) > 0)
		len += n;
	head = (void *)bytes;
	strings = bytes + head->hdr_len + head->str_off;
	at = bytes + head->hdr_len + head->type_off;
	for (end = at + head->type_len; at < end; id++) {
		type = (void *)at;
		kind = BTF_INFO_KIND(type->info);
		if (kind == BTF_KIND_FUNC && !strcmp(strings + type->name_off, name))
			return id;
		at += sizeof(*type) + tail(kind, BTF_INFO_VLEN(type->info));
	}
	return 0;
}

static int bpf(int cmd, union bpf_attr *attr)
{
	return syscall(SYS_bpf, cmd, attr, sizeof(*attr));
}

static int attach(uint32_t type, uint32_t function, int32_t value)
{
	const struct bpf_insn code[] = {
		{ .code = BPF_ALU64 | BPF_MOV | BPF_K, .imm = value },
		{ .code = BPF_JMP | BPF_EXIT },
	};
	union bpf_attr load = {
		.prog_type = BPF_PROG_TYPE_TRACING,
		.expected_attach_type = type,
		.attach_btf_id = function,
		.insns = (uintptr_t)code,
		.insn_cnt = 2,
		.license = (uintptr_t)"GPL",
	};
	union bpf_attr link = { 0 };
	int fd = bpf(BPF_PROG_LOAD, &load);

	if (fd < 0)
		return -1;
	link.raw_tracepoint.prog_fd = fd;
	return bpf(BPF_RAW_TRACEPOINT_OPEN, &link);
}

int main(int argc, char **argv)
{
	uint32_t type, function;
	char end;

	if (argc != 4)
		return 2;
	type = strcmp(argv[1], "fentry") ? BPF_MODIFY_RETURN : BPF_TRACE_FENTRY;
	function = find_function(argv[2]);
	if (!function) {
		puts("ENOENT");
		return 1;
	}
	if (attach(type, function, atoi(argv[3])) < 0) {
		puts(strerrorname_np(errno));
		return 1;
	}
	puts("attached");
	fflush(stdout);
	while (read(0, &end, 1) > 0)
		;
	return 0;
}
