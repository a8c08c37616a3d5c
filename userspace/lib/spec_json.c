// SPDX-License-Identifier: LGPL-2.1-or-later
/*
 * JSON values, made and taken apart.
 */
#include <errno.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "spec_json.h"

/* Integers beyond this are rounded by readers that have floating point only. */
static const uint64_t exact = UINT64_C(1) << 53;

void sg_json_push(struct sg_json_list *list, sd_json_variant *v)
{
	size_t cap = list->cap ? 2 * list->cap : 16;
	sd_json_variant **grown;

	if (list->n == list->cap && !list->failed) {
		grown = reallocarray(list->v, cap, sizeof(sd_json_variant *));
		list->failed = !grown;
		list->v = grown ? grown : list->v;
		list->cap = grown ? cap : list->cap;
	}
	list->failed |= !v;
	if (list->failed)
		sd_json_variant_unref(v);
	else
		list->v[list->n++] = v;
}

void sg_json_member(struct sg_json_list *list, const char *name,
		    sd_json_variant *v)
{
	sg_json_push(list, sg_json_string(name));
	sg_json_push(list, v);
}

static sd_json_variant *finish(struct sg_json_list *list,
			       int (*make)(sd_json_variant **ret,
					   sd_json_variant **v, size_t n))
{
	sd_json_variant *out = NULL;

	if (!list->failed && make(&out, list->v, list->n) < 0)
		out = NULL;
	while (list->n)
		sd_json_variant_unref(list->v[--list->n]);
	free(list->v);
	*list = (struct sg_json_list){ 0 };
	return out;
}

sd_json_variant *sg_json_array(struct sg_json_list *list)
{
	return finish(list, sd_json_variant_new_array);
}

sd_json_variant *sg_json_object(struct sg_json_list *list)
{
	return finish(list, sd_json_variant_new_object);
}

sd_json_variant *sg_json_string(const char *text)
{
	sd_json_variant *v = NULL;

	return sd_json_variant_new_string(&v, text) < 0 ? NULL : v;
}

sd_json_variant *sg_json_bool(bool value)
{
	sd_json_variant *v = NULL;

	return sd_json_variant_new_boolean(&v, value) < 0 ? NULL : v;
}

sd_json_variant *sg_json_null(void)
{
	sd_json_variant *v = NULL;

	return sd_json_variant_new_null(&v) < 0 ? NULL : v;
}

/* NUL ends a string of sd-json. DEL it writes as it is and then does not read. */
static bool has_bad_control(struct suit_slice text)
{
	return text.len && (memchr(text.ptr, 0, text.len) ||
			    memchr(text.ptr, 0x7f, text.len));
}

sd_json_variant *sg_json_text(struct suit_slice text)
{
	const char *start = text.len ? (const char *)text.ptr : "";
	sd_json_variant *v = NULL;

	if (has_bad_control(text) ||
	    sd_json_variant_new_stringn(&v, start, text.len) < 0)
		return NULL;
	return v;
}

sd_json_variant *sg_json_hex(struct suit_slice bytes)
{
	sd_json_variant *v = NULL;

	if (sd_json_variant_new_hex(&v, bytes.ptr, bytes.len) < 0)
		return NULL;
	return v;
}

sd_json_variant *sg_json_named_hex(const char *name, struct suit_slice bytes)
{
	struct sg_json_list object = { 0 };

	sg_json_member(&object, name, sg_json_hex(bytes));
	return sg_json_object(&object);
}

sd_json_variant *sg_json_uint(uint64_t value)
{
	sd_json_variant *v = NULL;
	char digits[24];
	int r;

	snprintf(digits, sizeof(digits), "%" PRIu64, value);
	r = value > exact ? sd_json_variant_new_string(&v, digits) :
			    sd_json_variant_new_unsigned(&v, value);
	return r < 0 ? NULL : v;
}

sd_json_variant *sg_json_int(int64_t value)
{
	sd_json_variant *v = NULL;
	char digits[24];
	int r;

	if (value >= 0)
		return sg_json_uint((uint64_t)value);
	snprintf(digits, sizeof(digits), "%" PRId64, value);
	r = value < -(int64_t)exact ? sd_json_variant_new_string(&v, digits) :
				      sd_json_variant_new_integer(&v, value);
	return r < 0 ? NULL : v;
}

sd_json_variant *sg_json_sole(sd_json_variant *v, const char *name)
{
	if (!sd_json_variant_is_object(v) || sd_json_variant_elements(v) != 2)
		return NULL;
	return sd_json_variant_by_key(v, name);
}

int sg_json_only(sd_json_variant *v, const char *const *names,
		 struct sg_error *err)
{
	size_t i, j, n = sd_json_variant_elements(v);
	uint32_t seen = 0;

	for (i = 0; i < n; i += 2) {
		const char *name;

		name = sd_json_variant_string(sd_json_variant_by_index(v, i));
		for (j = 0; names[j] && strcmp(names[j], name); j++)
			;
		if (!names[j])
			return sg_fail(err, "unknown member \"%s\"", name);
		if (seen >> j & 1)
			return sg_fail(err, "the same member twice: \"%s\"",
				       name);
		seen |= UINT32_C(1) << j;
	}
	return 0;
}

int sg_json_unhex(sd_json_variant *v, struct sg_buf *out, struct sg_error *err)
{
	void *data = NULL;
	size_t len = 0;

	if (!sd_json_variant_is_string(v) ||
	    sd_json_variant_unhex(v, &data, &len) < 0)
		return sg_fail(err, "expected bytes as pairs of hexadecimal digits");
	*out = (struct sg_buf){ .data = data, .len = len };
	return 0;
}

int sg_json_get_string(sd_json_variant *v, const char **out,
		       struct sg_error *err)
{
	if (!sd_json_variant_is_string(v))
		return sg_fail(err, "expected a string");
	*out = sd_json_variant_string(v);
	return 0;
}

/* The string in @v if it has nothing but digits, after a minus if @sign. */
static const char *digits_of(sd_json_variant *v, bool sign)
{
	const char *text, *digits;

	if (!sd_json_variant_is_string(v))
		return NULL;
	text = sd_json_variant_string(v);
	digits = text + (sign && *text == '-');
	return *digits && !digits[strspn(digits, "0123456789")] ? text : NULL;
}

int sg_json_get_uint(sd_json_variant *v, uint64_t *out, struct sg_error *err)
{
	const char *digits = digits_of(v, false);

	errno = 0;
	if (digits)
		*out = strtoull(digits, NULL, 10);
	else if (sd_json_variant_is_unsigned(v))
		*out = sd_json_variant_unsigned(v);
	else
		errno = EINVAL;
	if (errno)
		return sg_fail(err, "expected a whole number from 0 to 2^64 - 1");
	return 0;
}

int sg_json_get_int(sd_json_variant *v, int64_t *out, struct sg_error *err)
{
	const char *digits = digits_of(v, true);

	errno = 0;
	if (digits)
		*out = strtoll(digits, NULL, 10);
	else if (sd_json_variant_is_integer(v))
		*out = sd_json_variant_integer(v);
	else
		errno = EINVAL;
	if (errno)
		return sg_fail(err, "expected a whole number from -2^63 to 2^63 - 1");
	return 0;
}
