// SPDX-License-Identifier: LGPL-2.1-or-later
#include "config.h"

#include "fu-suit-spec.h"

/* deeper than any sequence that the verifier accepts */
#define FU_SUIT_SPEC_DEPTH_MAX 64

const gchar *
fu_suit_spec_get_string(sd_json_variant *object, const gchar *key)
{
	sd_json_variant *value = sd_json_variant_by_key(object, key);

	return sd_json_variant_is_string(value) ? sd_json_variant_string(value) : NULL;
}

guint64
fu_suit_spec_get_number(sd_json_variant *object, const gchar *key)
{
	sd_json_variant *value = sd_json_variant_by_key(object, key);
	guint64 number = 0;

	if (sd_json_variant_is_unsigned(value))
		return sd_json_variant_unsigned(value);
	/* beyond what readers of JSON take without rounding */
	if (sd_json_variant_is_string(value) &&
	    g_ascii_string_to_unsigned(sd_json_variant_string(value),
				       10,
				       0,
				       G_MAXUINT64,
				       &number,
				       NULL))
		return number;
	return 0;
}

GBytes *
fu_suit_spec_get_bytes(sd_json_variant *value)
{
	const gchar *hex = sd_json_variant_is_string(value) ? sd_json_variant_string(value) : NULL;
	gsize hexsz = hex != NULL ? strlen(hex) : 1;
	g_autofree guint8 *buf = NULL;

	if (hexsz % 2 != 0)
		return NULL;
	buf = g_malloc(hexsz / 2 + 1);
	for (gsize i = 0; i < hexsz; i++) {
		gint digit = g_ascii_xdigit_value(hex[i]);
		if (digit < 0)
			return NULL;
		buf[i / 2] = i % 2 == 0 ? (guint8)(digit << 4) : (guint8)(buf[i / 2] | digit);
	}
	return g_bytes_new_take(g_steal_pointer(&buf), hexsz / 2);
}

/* a member that can be severed is itself or an object with the value in it */
static sd_json_variant *
fu_suit_spec_get_severable(sd_json_variant *manifest, const gchar *key)
{
	sd_json_variant *member = sd_json_variant_by_key(manifest, key);

	if (sd_json_variant_by_key(member, "severed") != NULL)
		return sd_json_variant_by_key(member, "value");
	return member;
}

sd_json_variant *
fu_suit_spec_get_text(sd_json_variant *manifest)
{
	sd_json_variant *text = fu_suit_spec_get_severable(manifest, "text");
	sd_json_variant *english = sd_json_variant_by_key(text, "en");

	if (english != NULL)
		return english;
	if (!sd_json_variant_is_object(text) || sd_json_variant_elements(text) < 2)
		return NULL;
	return sd_json_variant_by_index(text, 1);
}

guint
fu_suit_spec_get_signatures(sd_json_variant *spec)
{
	sd_json_variant *blocks =
	    sd_json_variant_by_key(sd_json_variant_by_key(spec, "authentication"), "blocks");
	guint n = 0;

	if (!sd_json_variant_is_array(blocks))
		return 0;
	for (gsize i = 0; i < sd_json_variant_elements(blocks); i++) {
		sd_json_variant *signatures =
		    sd_json_variant_by_key(sd_json_variant_by_index(blocks, i), "signatures");
		if (sd_json_variant_is_array(signatures))
			n += sd_json_variant_elements(signatures);
	}
	return n;
}

static void
fu_suit_spec_add(GPtrArray *values, const gchar *value)
{
	if (!g_ptr_array_find_with_equal_func(values, value, g_str_equal, NULL))
		g_ptr_array_add(values, g_strdup(value));
}

void
fu_suit_spec_add_components(sd_json_variant *common, GPtrArray *components)
{
	sd_json_variant *array = sd_json_variant_by_key(common, "components");

	if (!sd_json_variant_is_array(array))
		return;
	for (gsize i = 0; i < sd_json_variant_elements(array); i++) {
		sd_json_variant *value = sd_json_variant_by_index(array, i);
		char *json = NULL; /* nocheck:name -- freed by free() */

		if (sd_json_variant_is_string(value)) {
			fu_suit_spec_add(components, sd_json_variant_string(value));
		} else if (sd_json_variant_format(value, 0, &json) >= 0) {
			/* an id that is not simply text */
			fu_suit_spec_add(components, json);
			free(json);
		}
	}
}

static void
fu_suit_spec_add_parameters_at(sd_json_variant *value,
			       const gchar *name,
			       guint depth,
			       GPtrArray *values)
{
	gboolean wanted = FALSE;

	if (depth > FU_SUIT_SPEC_DEPTH_MAX)
		return;
	if (!sd_json_variant_is_array(value) && !sd_json_variant_is_object(value))
		return;
	/* those of an object are keys and values by turns */
	for (gsize i = 0; i < sd_json_variant_elements(value); i++) {
		sd_json_variant *child = sd_json_variant_by_index(value, i);

		if (sd_json_variant_is_object(value) && i % 2 == 0) {
			wanted = g_strcmp0(sd_json_variant_string(child), name) == 0;
			continue;
		}
		if (wanted && sd_json_variant_is_string(child))
			fu_suit_spec_add(values, sd_json_variant_string(child));
		else
			fu_suit_spec_add_parameters_at(child, name, depth + 1, values);
	}
}

void
fu_suit_spec_add_parameters(sd_json_variant *value, const gchar *name, GPtrArray *values)
{
	fu_suit_spec_add_parameters_at(value, name, 0, values);
}

static gchar *
fu_suit_spec_hex(GBytes *blob)
{
	gsize bufsz = 0;
	const guint8 *buf = g_bytes_get_data(blob, &bufsz);
	g_autofree gchar *hex = g_malloc0(2 * bufsz + 1);

	for (gsize i = 0; i < bufsz; i++)
		g_snprintf(hex + 2 * i, 3, "%02x", buf[i]);
	return g_steal_pointer(&hex);
}

/* parameters, then the conditions that there are parameters for */
static int
fu_suit_spec_build_shared(const FuSuitSpec *what,
			  sd_json_variant *parameters,
			  sd_json_variant **shared)
{
	int rc;

	rc = sd_json_build(shared,
			   SD_JSON_BUILD_ARRAY(SD_JSON_BUILD_OBJECT(SD_JSON_BUILD_PAIR_VARIANT(
			       "directive-override-parameters",
			       parameters))));
	if (rc >= 0 && what->vendor_id != NULL)
		rc = sd_json_variant_append_arrayb(
		    shared,
		    SD_JSON_BUILD_STRING("condition-vendor-identifier"));
	if (rc >= 0 && what->class_id != NULL)
		rc = sd_json_variant_append_arrayb(
		    shared,
		    SD_JSON_BUILD_STRING("condition-class-identifier"));
	return rc;
}

static int
fu_suit_spec_build_common(const FuSuitSpec *what, sd_json_variant **common)
{
	g_autofree gchar *checksum = g_compute_checksum_for_bytes(G_CHECKSUM_SHA256, what->payload);
	g_autoptr(sd_json_variant) parameters = NULL;
	g_autoptr(sd_json_variant) shared = NULL;
	int rc;

	rc = sd_json_buildo(
	    &parameters,
	    SD_JSON_BUILD_PAIR_CONDITION(what->vendor_id != NULL,
					 "vendor-identifier",
					 SD_JSON_BUILD_STRING(what->vendor_id)),
	    SD_JSON_BUILD_PAIR_CONDITION(what->class_id != NULL,
					 "class-identifier",
					 SD_JSON_BUILD_STRING(what->class_id)),
	    SD_JSON_BUILD_PAIR(
		"image-digest",
		SD_JSON_BUILD_OBJECT(SD_JSON_BUILD_PAIR_STRING("alg", "sha-256"),
				     SD_JSON_BUILD_PAIR_STRING("value", checksum))),
	    SD_JSON_BUILD_PAIR_UNSIGNED("image-size", g_bytes_get_size(what->payload)));
	if (rc >= 0)
		rc = fu_suit_spec_build_shared(what, parameters, &shared);
	if (rc < 0)
		return rc;
	return sd_json_buildo(
	    common,
	    SD_JSON_BUILD_PAIR("components",
			       SD_JSON_BUILD_ARRAY(SD_JSON_BUILD_STRING(what->component))),
	    SD_JSON_BUILD_PAIR_VARIANT("shared-sequence", shared));
}

static int
fu_suit_spec_build_manifest(const FuSuitSpec *what, sd_json_variant **manifest)
{
	g_autoptr(sd_json_variant) common = NULL;
	int rc = fu_suit_spec_build_common(what, &common);

	if (rc < 0)
		return rc;
	return sd_json_buildo(
	    manifest,
	    SD_JSON_BUILD_PAIR_UNSIGNED("version", 1),
	    SD_JSON_BUILD_PAIR_UNSIGNED("sequence-number", what->sequence_number),
	    SD_JSON_BUILD_PAIR_VARIANT("common", common),
	    SD_JSON_BUILD_PAIR_CONDITION(what->version != NULL,
					 "set-version",
					 SD_JSON_BUILD_STRING(what->version)),
	    SD_JSON_BUILD_PAIR("validate",
			       SD_JSON_BUILD_ARRAY(SD_JSON_BUILD_STRING("condition-image-match"))),
	    SD_JSON_BUILD_PAIR(
		"install",
		SD_JSON_BUILD_ARRAY(
		    SD_JSON_BUILD_OBJECT(SD_JSON_BUILD_PAIR(
			"directive-override-parameters",
			SD_JSON_BUILD_OBJECT(SD_JSON_BUILD_PAIR_STRING("uri", what->payload_uri)))),
		    SD_JSON_BUILD_STRING("directive-fetch"),
		    SD_JSON_BUILD_STRING("condition-image-match"))),
	    SD_JSON_BUILD_PAIR_CONDITION(
		what->description != NULL,
		"text",
		SD_JSON_BUILD_OBJECT(SD_JSON_BUILD_PAIR(
		    "en",
		    SD_JSON_BUILD_OBJECT(
			SD_JSON_BUILD_PAIR_STRING("manifest-description", what->description))))));
}

sd_json_variant *
fu_suit_spec_new(const FuSuitSpec *what, GError **error)
{
	g_autofree gchar *payload = fu_suit_spec_hex(what->payload);
	g_autoptr(sd_json_variant) manifest = NULL;
	sd_json_variant *spec = NULL;
	int rc;

	if (what->payload_uri == NULL) {
		g_set_error_literal(error,
				    FWUPD_ERROR,
				    FWUPD_ERROR_INVALID_DATA,
				    "the payload has no id, for example #firmware");
		return NULL;
	}
	rc = fu_suit_spec_build_manifest(what, &manifest);
	if (rc >= 0)
		rc = sd_json_buildo(
		    &spec,
		    SD_JSON_BUILD_PAIR_VARIANT("manifest", manifest),
		    SD_JSON_BUILD_PAIR("payloads",
				       SD_JSON_BUILD_OBJECT(
					   SD_JSON_BUILD_PAIR_STRING(what->payload_uri, payload))));
	if (rc < 0) {
		g_set_error(error,
			    FWUPD_ERROR,
			    FWUPD_ERROR_INTERNAL,
			    "cannot describe the envelope: %s",
			    fwupd_strerror(-rc));
		return NULL;
	}
	return spec;
}
