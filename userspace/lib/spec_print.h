/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * A page for people of what is shown as JSON.
 */
#ifndef SG_SPEC_PRINT_H
#define SG_SPEC_PRINT_H

#include <stdio.h>

#include "spec_json.h"
#include "spec_table.h"

/**
 * struct sg_page - where lines go
 * @out: stream
 * @indent: how far in they are
 */
struct sg_page {
	FILE *out;
	int indent;
};

/* The blanks before a line. */
void sg_page_start(struct sg_page *p);

/*
 * Text that nobody vouches for: what a terminal would act on, and what changes
 * how text around it looks, comes as \n, \u001b, ...
 */
void sg_print_text(FILE *out, const char *text);
/* Bytes, of many only the first; and what they spell if that is text. */
void sg_print_bytes(FILE *out, const char *hex);
/* A component: segments joined by '/'. */
void sg_print_component(FILE *out, sd_json_variant *v);
/* Does the value go on the line that names it? Print such a one. */
bool sg_print_fits(sd_json_variant *v);
void sg_print_inline(FILE *out, sd_json_variant *v);

/* "name: value", or "name:" and what is below it. */
void sg_print_member(struct sg_page *p, const struct sg_spec_row *row,
		     const char *name, sd_json_variant *v);
/* An envelope, which may be a payload of another. */
void sg_print_envelope(struct sg_page *p, sd_json_variant *spec);

#endif /* SG_SPEC_PRINT_H */
