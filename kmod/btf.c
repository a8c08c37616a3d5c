// SPDX-License-Identifier: GPL-2.0-only
#define pr_fmt(fmt) KBUILD_MODNAME ": " fmt

#include "btf.h"

#include <linux/btf.h>
#include <linux/mm.h>
#include <linux/sizes.h>
#include <linux/slab.h>

#include "file.h"

#define PROTOTYPE_MAX 64

/**
 * struct types - the kernel's type information
 * @start: of each type, by number - 1
 * @n: how many
 * @strings: names
 * @strings_len: bytes
 */
struct types {
	const struct btf_type **start;
	u32 n;
	const char *strings;
	u32 strings_len;
};

/* Bytes after the common part of a type; -1 for a kind that is not known. */
static int tail(const struct btf_type *t)
{
	u32 n = btf_type_vlen(t);

	switch (BTF_INFO_KIND(t->info)) {
	case BTF_KIND_PTR:
	case BTF_KIND_FWD:
	case BTF_KIND_TYPEDEF:
	case BTF_KIND_VOLATILE:
	case BTF_KIND_CONST:
	case BTF_KIND_RESTRICT:
	case BTF_KIND_FUNC:
	case BTF_KIND_FLOAT:
	case BTF_KIND_TYPE_TAG:
		return 0;
	case BTF_KIND_INT:
		return sizeof(u32);
	case BTF_KIND_VAR:
		return sizeof(struct btf_var);
	case BTF_KIND_DECL_TAG:
		return sizeof(struct btf_decl_tag);
	case BTF_KIND_ARRAY:
		return sizeof(struct btf_array);
	case BTF_KIND_STRUCT:
	case BTF_KIND_UNION:
		return n * sizeof(struct btf_member);
	case BTF_KIND_ENUM:
		return n * sizeof(struct btf_enum);
	case BTF_KIND_ENUM64:
		return n * sizeof(struct btf_enum64);
	case BTF_KIND_FUNC_PROTO:
		return n * sizeof(struct btf_param);
	case BTF_KIND_DATASEC:
		return n * sizeof(struct btf_var_secinfo);
	default:
		return -1;
	}
}

static int walk(struct types *types, const u8 *at, const u8 *end)
{
	u32 n = 0;
	int more;

	for (; at < end; n++) {
		const struct btf_type *t = (const void *)at;

		more = end - at < sizeof(*t) ? -1 : tail(t);
		if (more < 0 || end - at < sizeof(*t) + more)
			return -ENODATA;
		if (types->start)
			types->start[n] = t;
		at += sizeof(*t) + more;
	}
	types->n = n;
	return 0;
}

static int open_types(struct types *types, const void *bytes, size_t len)
{
	const struct btf_header *h = bytes;
	const u8 *first, *end;
	int ret;

	if (len < sizeof(*h) || h->magic != BTF_MAGIC || h->hdr_len > len ||
	    h->type_off > len - h->hdr_len ||
	    h->type_len > len - h->hdr_len - h->type_off ||
	    h->str_off > len - h->hdr_len ||
	    !h->str_len || h->str_len > len - h->hdr_len - h->str_off)
		return -ENODATA;
	first = bytes + h->hdr_len + h->type_off;
	end = first + h->type_len;
	types->strings = bytes + h->hdr_len + h->str_off;
	types->strings_len = h->str_len;
	if (types->strings[h->str_len - 1])
		return -ENODATA;
	types->start = NULL;
	ret = walk(types, first, end);
	if (ret)
		return ret;
	types->start = kvmalloc_array(types->n, sizeof(*types->start),
				      GFP_KERNEL);
	if (!types->start)
		return -ENOMEM;
	return walk(types, first, end);
}

static const struct btf_type *type_at(const struct types *types, u32 id)
{
	return id && id <= types->n ? types->start[id - 1] : NULL;
}

static bool is_alias(const struct btf_type *t)
{
	switch (BTF_INFO_KIND(t->info)) {
	case BTF_KIND_TYPEDEF:
	case BTF_KIND_CONST:
	case BTF_KIND_VOLATILE:
	case BTF_KIND_RESTRICT:
	case BTF_KIND_TYPE_TAG:
		return true;
	default:
		return false;
	}
}

/* Through names and qualifiers, of which there are never very many. */
static const struct btf_type *plain(const struct types *types, u32 id)
{
	const struct btf_type *t = type_at(types, id);
	unsigned int i;

	for (i = 0; t && is_alias(t) && i < 16; i++)
		t = type_at(types, t->type);
	return t;
}

static size_t describe(const struct types *types, u32 id, char *out,
		       size_t room)
{
	const struct btf_type *t = plain(types, id);

	if (!t)
		return scnprintf(out, room, "v");
	switch (BTF_INFO_KIND(t->info)) {
	case BTF_KIND_PTR:
		return scnprintf(out, room, "p");
	case BTF_KIND_INT:
		return scnprintf(out, room, "i%u", t->size);
	case BTF_KIND_ENUM:
		return scnprintf(out, room, "e%u", t->size);
	case BTF_KIND_STRUCT:
	case BTF_KIND_UNION:
		return scnprintf(out, room, "s%u", t->size);
	default:
		return scnprintf(out, room, "?");
	}
}

static void describe_function(const struct types *types,
			      const struct btf_type *proto, char *out,
			      size_t room)
{
	const struct btf_param *p = (const void *)(proto + 1);
	u32 n = btf_type_vlen(proto), i;
	size_t at;

	at = describe(types, proto->type, out, room);
	at += scnprintf(out + at, room - at, "(");
	for (i = 0; i < n; i++) {
		if (i)
			at += scnprintf(out + at, room - at, ",");
		at += describe(types, p[i].type, out + at, room - at);
	}
	scnprintf(out + at, room - at, ")");
}

static const struct btf_type *find_function(const struct types *types,
					    const char *name)
{
	const struct btf_type *t;
	u32 i;

	for (i = 1; i <= types->n; i++) {
		t = type_at(types, i);
		if (BTF_INFO_KIND(t->info) == BTF_KIND_FUNC &&
		    t->name_off < types->strings_len &&
		    !strcmp(types->strings + t->name_off, name))
			return type_at(types, t->type);
	}
	return NULL;
}

static int check_one(const struct types *types,
		     const struct suit_prototype *want)
{
	const struct btf_type *proto = find_function(types, want->name);
	char is[PROTOTYPE_MAX] = "absent";

	if (proto && BTF_INFO_KIND(proto->info) == BTF_KIND_FUNC_PROTO)
		describe_function(types, proto, is, sizeof(is));
	if (!strcmp(is, want->is))
		return 0;
	pr_err("%s is %s in this kernel, expected %s: not loaded\n",
	       want->name, is, want->is);
	return -ENOEXEC;
}

int suit_btf_check(const struct suit_prototype *want, unsigned int n)
{
	struct types types = { 0 };
	unsigned int i;
	void *bytes;
	size_t len;
	int ret;

	ret = suit_file_read("/sys/kernel/btf/vmlinux", SZ_64M, &bytes, &len);
	if (ret) {
		pr_err("no type information of this kernel (/sys/kernel/btf/vmlinux: %d): not loaded\n",
		       ret);
		return -ENODATA;
	}
	ret = open_types(&types, bytes, len);
	for (i = 0; i < n && !ret; i++)
		ret = check_one(&types, &want[i]);
	kvfree(types.start);
	kvfree(bytes);
	return ret;
}
