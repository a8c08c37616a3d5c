/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Envelopes and their descriptions in JSON.
 */
#ifndef TEST_SPEC_CASE_H
#define TEST_SPEC_CASE_H

#include <systemd/sd-json.h>

#include "suitgate/author.h"
#include "table.h"

/*
 * The description of an envelope, as suitctl would print it and read it again.
 * Ends the test when there is none.
 */
sd_json_variant *spec_shown(struct suit_slice envelope);
/*
 * JSON that is easier to write in C: ' stands for ". Ends the test when it is
 * no JSON.
 */
sd_json_variant *spec_parse(const char *json);
/* What is made of a description; ends the test when it is refused. */
struct suit_slice spec_made(sd_json_variant *spec, bool checked);
/* The envelope that diag.h's notation for a manifest and for members makes. */
struct suit_slice spec_envelope(const char *manifest, const char *members);

#endif /* TEST_SPEC_CASE_H */
