/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * JSON values, made and taken apart.
 */
#ifndef SG_SPEC_JSON_H
#define SG_SPEC_JSON_H

#include <systemd/sd-json.h>

#include "core/suit.h"
#include "suitgate/types.h"

/* A JSON array or object that grows; a failure is sticky. */
struct sg_json_list {
	sd_json_variant **v;
	size_t n;
	size_t cap;
	bool failed;
};

/* Append and own @v, which may be NULL: that is a failure. */
void sg_json_push(struct sg_json_list *list, sd_json_variant *v);
/* Likewise a member of an object. */
void sg_json_member(struct sg_json_list *list, const char *name,
		    sd_json_variant *v);
/* Empty the list into an array or object; NULL after a failure. */
sd_json_variant *sg_json_array(struct sg_json_list *list);
sd_json_variant *sg_json_object(struct sg_json_list *list);

sd_json_variant *sg_json_string(const char *text);
/* NULL also for text that sd-json does not take: with a NUL or a DEL. */
sd_json_variant *sg_json_text(struct suit_slice text);
sd_json_variant *sg_json_hex(struct suit_slice bytes);
sd_json_variant *sg_json_null(void);
sd_json_variant *sg_json_bool(bool value);
/* A number; one that JSON readers round comes as its digits in a string. */
sd_json_variant *sg_json_uint(uint64_t value);
sd_json_variant *sg_json_int(int64_t value);
/* {"NAME": "hex"} */
sd_json_variant *sg_json_named_hex(const char *name, struct suit_slice bytes);

/* Does @v have this member and nothing else? Then that, else NULL. */
sd_json_variant *sg_json_sole(sd_json_variant *v, const char *name);
/*
 * Does @v have members of these @names only (NULL ends them), each at most
 * once? 0, or -1 with @err naming the one that is wrong.
 */
int sg_json_only(sd_json_variant *v, const char *const *names,
		 struct sg_error *err);

/* All below: 0, or -1 with @err saying what was expected. */
int sg_json_unhex(sd_json_variant *v, struct sg_buf *out, struct sg_error *err);
int sg_json_get_string(sd_json_variant *v, const char **out,
		       struct sg_error *err);
/* A number, or its digits in a string. */
int sg_json_get_uint(sd_json_variant *v, uint64_t *out, struct sg_error *err);
int sg_json_get_int(sd_json_variant *v, int64_t *out, struct sg_error *err);

#endif /* SG_SPEC_JSON_H */
