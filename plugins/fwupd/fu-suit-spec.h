/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * The JSON that libsuitgate makes of an envelope, and envelopes are made of:
 * docs/spec-json.md.
 */
#pragma once

#include "fu-suit-compat.h"

/* a release of one file */
typedef struct {
	const gchar *component;
	const gchar *vendor_id;
	const gchar *class_id;
	const gchar *version;
	const gchar *description;
	const gchar *payload_uri;
	GBytes *payload;
	guint64 sequence_number;
} FuSuitSpec;

sd_json_variant *
fu_suit_spec_new(const FuSuitSpec *what, GError **error);

/* of members that are missing, or something else: NULL or 0 */
const gchar *
fu_suit_spec_get_string(sd_json_variant *object, const gchar *key);
guint64
fu_suit_spec_get_number(sd_json_variant *object, const gchar *key);
/* (transfer full): bytes from hex */
GBytes *
fu_suit_spec_get_bytes(sd_json_variant *value);
/* texts of the manifest in English, else in the language that is there */
sd_json_variant *
fu_suit_spec_get_text(sd_json_variant *manifest);
guint
fu_suit_spec_get_signatures(sd_json_variant *spec);
void
fu_suit_spec_add_components(sd_json_variant *common, GPtrArray *components);
/* every value that parameter @name is given below @value, each once */
void
fu_suit_spec_add_parameters(sd_json_variant *value, const gchar *name, GPtrArray *values);
