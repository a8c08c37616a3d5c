/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * Lines for people of what is shown as JSON.
 */
#ifndef SG_SPEC_PRINT_H
#define SG_SPEC_PRINT_H

#include <stdio.h>

#include "spec_json.h"

/*
 * Text that nobody vouches for: what a terminal would act on, and what turns
 * the direction of writing, comes as \n, \u001b, ...
 */
void sg_print_text(FILE *out, const char *text);
/* Digits, of many bytes only the first, and how many there are. */
void sg_print_hex(FILE *out, const char *hex);
/* Does the value go on the line that names it? */
bool sg_print_fits(sd_json_variant *v);
/* Such a value. */
void sg_print_inline(FILE *out, sd_json_variant *v);

#endif /* SG_SPEC_PRINT_H */
