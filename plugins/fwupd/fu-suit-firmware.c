// SPDX-License-Identifier: LGPL-2.1-or-later
#include "config.h"

#include "fu-suit-firmware.h"

#include <suitgate.h>

#include "fu-suit-spec.h"

/* as the verifier */
#define FU_SUIT_FIRMWARE_SIZE_MAX   0x4000000
#define FU_SUIT_FIRMWARE_IMAGES_MAX 128

struct _FuSuitFirmware {
	FuFirmware parent_instance;
	gchar *digest;
	gchar *description;
	guint signatures;
	GPtrArray *components; /* (element-type utf-8) */
	GPtrArray *vendor_ids; /* (element-type utf-8) */
	GPtrArray *class_ids;  /* (element-type utf-8) */
};

G_DEFINE_TYPE(FuSuitFirmware, fu_suit_firmware, FU_TYPE_FIRMWARE)

static void
fu_suit_firmware_export_strv(XbBuilderNode *bn, const gchar *key, GPtrArray *values)
{
	for (guint i = 0; i < values->len; i++)
		fu_xmlb_builder_insert_kv(bn, key, g_ptr_array_index(values, i));
}

static void
fu_suit_firmware_export(FuFirmware *firmware, FuFirmwareExportFlags flags, XbBuilderNode *bn)
{
	FuSuitFirmware *self = FU_SUIT_FIRMWARE(firmware);

	fu_suit_firmware_export_strv(bn, "component", self->components);
	fu_suit_firmware_export_strv(bn, "vendor_id", self->vendor_ids);
	fu_suit_firmware_export_strv(bn, "class_id", self->class_ids);
	fu_xmlb_builder_insert_kv(bn, "description", self->description);
	if (flags & FU_FIRMWARE_EXPORT_FLAG_INCLUDE_DEBUG) {
		fu_xmlb_builder_insert_kv(bn, "digest", self->digest);
		fu_xmlb_builder_insert_kx(bn, "signatures", self->signatures);
	}
}

static void
fu_suit_firmware_parse_text(FuSuitFirmware *self, sd_json_variant *manifest)
{
	sd_json_variant *text = fu_suit_spec_get_text(manifest);
	const gchar *description = fu_suit_spec_get_string(text, "manifest-description");
	sd_json_variant *components = sd_json_variant_by_key(text, "components");

	g_free(self->description);
	self->description = g_strdup(description);
	if (fu_firmware_get_version(FU_FIRMWARE(self)) == NULL) {
		const gchar *version = fu_suit_spec_get_string(
		    sd_json_variant_is_array(components) ? sd_json_variant_by_index(components, 0)
							 : NULL,
		    "component-version");
		fu_firmware_set_version(FU_FIRMWARE(self), version); /* nocheck:set-version */
	}
}

static void
fu_suit_firmware_parse_manifest(FuSuitFirmware *self, sd_json_variant *manifest)
{
	sd_json_variant *common = sd_json_variant_by_key(manifest, "common");

	fu_firmware_set_version_raw(FU_FIRMWARE(self),
				    fu_suit_spec_get_number(manifest, "sequence-number"));
	fu_firmware_set_version(FU_FIRMWARE(self), /* nocheck:set-version */
				fu_suit_spec_get_string(manifest, "set-version"));
	fu_suit_spec_add_components(common, self->components);
	fu_suit_spec_add_parameters(common, "vendor-identifier", self->vendor_ids);
	fu_suit_spec_add_parameters(common, "class-identifier", self->class_ids);
	fu_suit_firmware_parse_text(self, manifest);
}

static gboolean
fu_suit_firmware_parse_payloads(FuSuitFirmware *self, sd_json_variant *payloads, GError **error)
{
	if (!sd_json_variant_is_object(payloads))
		return TRUE;
	for (gsize i = 0; i + 1 < sd_json_variant_elements(payloads); i += 2) {
		sd_json_variant *uri = sd_json_variant_by_index(payloads, i);
		sd_json_variant *value = sd_json_variant_by_index(payloads, i + 1);
		g_autoptr(GBytes) blob = fu_suit_spec_get_bytes(value);
		g_autoptr(FuFirmware) img = NULL;

		/* a dependency, which has its own manifest */
		if (blob == NULL)
			continue;
		img = fu_firmware_new_from_bytes(blob);
		fu_firmware_set_id(img, sd_json_variant_string(uri));
		if (!fu_firmware_add_image(FU_FIRMWARE(self), img, error))
			return FALSE;
	}
	return TRUE;
}

static gboolean
fu_suit_firmware_parse_spec(FuSuitFirmware *self, const struct sg_buf *envelope, GError **error)
{
	g_autoptr(sd_json_variant) spec = NULL;
	struct sg_gate_digest digest = {0};
	struct sg_error err = {0};

	if (sg_spec_show(envelope, &spec, &err) < 0 ||
	    sg_gate_digest_of(envelope, &digest, &err) < 0) {
		g_set_error(error,
			    FWUPD_ERROR,
			    FWUPD_ERROR_INVALID_FILE,
			    "not a SUIT envelope: %s",
			    err.message);
		return FALSE;
	}
	g_free(self->digest);
	self->digest = g_malloc0(2 * SG_GATE_MAX_DIGEST + 1);
	sg_gate_hex(digest.value, digest.len, self->digest);
	self->signatures = fu_suit_spec_get_signatures(spec);
	fu_suit_firmware_parse_manifest(self, sd_json_variant_by_key(spec, "manifest"));
	return fu_suit_firmware_parse_payloads(self,
					       sd_json_variant_by_key(spec, "payloads"),
					       error);
}

static gboolean
fu_suit_firmware_parse(FuFirmware *firmware,
		       FuSuitStream *stream,
		       FuFirmwareParseFlags flags,
		       GError **error)
{
	FuSuitFirmware *self = FU_SUIT_FIRMWARE(firmware);
	g_autoptr(GBytes) blob = NULL;
	struct sg_buf envelope = {0};
	gsize bufsz = 0;

	blob = fu_input_stream_read_bytes(stream, 0, FU_SUIT_FIRMWARE_SIZE_MAX, NULL, error);
	if (blob == NULL)
		return FALSE;
	/* is not written to */
	envelope.data = (uint8_t *)g_bytes_get_data(blob, &bufsz);
	envelope.len = bufsz;
	return fu_suit_firmware_parse_spec(self, &envelope, error);
}

static gboolean
fu_suit_firmware_build_strv(XbNode *n, const gchar *key, GPtrArray *values)
{
	g_autoptr(GPtrArray) nodes = xb_node_query(n, key, 0, NULL);

	for (guint i = 0; nodes != NULL && i < nodes->len; i++) {
		XbNode *node = g_ptr_array_index(nodes, i);
		if (xb_node_get_text(node) != NULL)
			g_ptr_array_add(values, g_strdup(xb_node_get_text(node)));
	}
	return values->len <= 1;
}

static gboolean
fu_suit_firmware_build(FuFirmware *firmware, XbNode *n, GError **error)
{
	FuSuitFirmware *self = FU_SUIT_FIRMWARE(firmware);
	const gchar *description = xb_node_query_text(n, "description", NULL);

	if (!fu_suit_firmware_build_strv(n, "component", self->components) ||
	    !fu_suit_firmware_build_strv(n, "vendor_id", self->vendor_ids) ||
	    !fu_suit_firmware_build_strv(n, "class_id", self->class_ids)) {
		g_set_error_literal(error,
				    FWUPD_ERROR,
				    FWUPD_ERROR_NOT_SUPPORTED,
				    "more than one component, vendor or class: use suitctl create");
		return FALSE;
	}
	g_free(self->description);
	self->description = g_strdup(description);
	return TRUE;
}

static const gchar *
fu_suit_firmware_get_first(GPtrArray *values)
{
	return values->len > 0 ? g_ptr_array_index(values, 0) : NULL;
}

/* unsigned: the key is the author's, see suitctl sign */
static GByteArray *
fu_suit_firmware_write(FuFirmware *firmware, GError **error)
{
	FuSuitFirmware *self = FU_SUIT_FIRMWARE(firmware);
	g_autoptr(FuFirmware) img = NULL;
	g_autoptr(GBytes) payload = NULL;
	g_autoptr(GByteArray) buf = g_byte_array_new();
	g_autoptr(sd_json_variant) spec = NULL;
	struct sg_buf envelope = {0};
	struct sg_error err = {0};
	FuSuitSpec what = {
	    .component = fu_suit_firmware_get_first(self->components),
	    .vendor_id = fu_suit_firmware_get_first(self->vendor_ids),
	    .class_id = fu_suit_firmware_get_first(self->class_ids),
	    .version = fu_firmware_get_version(firmware),
	    .description = self->description,
	    .sequence_number = fu_firmware_get_version_raw(firmware),
	};

	if (self->components->len != 1) {
		g_set_error(error,
			    FWUPD_ERROR,
			    FWUPD_ERROR_NOT_SUPPORTED,
			    "one component is needed, not %u",
			    self->components->len);
		return NULL;
	}
	img = fu_firmware_get_image_by_idx(firmware, 0, error);
	if (img == NULL) {
		g_prefix_error_literal(error, "no payload to write: ");
		return NULL;
	}
	payload = fu_firmware_write(img, error);
	if (payload == NULL)
		return NULL;
	what.payload_uri = fu_firmware_get_id(img);
	what.payload = payload;
	spec = fu_suit_spec_new(&what, error);
	if (spec == NULL)
		return NULL;
	if (sg_spec_create(spec, NULL, true, &envelope, &err) < 0) {
		g_set_error_literal(error, FWUPD_ERROR, FWUPD_ERROR_INVALID_DATA, err.message);
		return NULL;
	}
	g_byte_array_append(buf, envelope.data, envelope.len);
	sg_buf_free(&envelope);
	return g_steal_pointer(&buf);
}

const gchar *
fu_suit_firmware_get_digest(FuSuitFirmware *self)
{
	g_return_val_if_fail(FU_IS_SUIT_FIRMWARE(self), NULL);
	return self->digest;
}

static gboolean
fu_suit_firmware_strv_contains(GPtrArray *values, const gchar *value)
{
	return values->len == 0 ||
	       g_ptr_array_find_with_equal_func(values, value, g_str_equal, NULL);
}

gboolean
fu_suit_firmware_has_vendor_id(FuSuitFirmware *self, const gchar *vendor_id)
{
	g_return_val_if_fail(FU_IS_SUIT_FIRMWARE(self), FALSE);
	return fu_suit_firmware_strv_contains(self->vendor_ids, vendor_id);
}

gboolean
fu_suit_firmware_has_class_id(FuSuitFirmware *self, const gchar *class_id)
{
	g_return_val_if_fail(FU_IS_SUIT_FIRMWARE(self), FALSE);
	return fu_suit_firmware_strv_contains(self->class_ids, class_id);
}

gboolean
fu_suit_firmware_has_component(FuSuitFirmware *self, const gchar *component)
{
	g_return_val_if_fail(FU_IS_SUIT_FIRMWARE(self), FALSE);
	return g_ptr_array_find_with_equal_func(self->components, component, g_str_equal, NULL);
}

static void
fu_suit_firmware_init(FuSuitFirmware *self)
{
	self->components = g_ptr_array_new_with_free_func(g_free);
	self->vendor_ids = g_ptr_array_new_with_free_func(g_free);
	self->class_ids = g_ptr_array_new_with_free_func(g_free);
	fu_suit_firmware_init_limits(FU_FIRMWARE(self),
				     FU_SUIT_FIRMWARE_SIZE_MAX,
				     FU_SUIT_FIRMWARE_IMAGES_MAX);
}

static void
fu_suit_firmware_finalize(GObject *object)
{
	FuSuitFirmware *self = FU_SUIT_FIRMWARE(object);

	g_free(self->digest);
	g_free(self->description);
	g_ptr_array_unref(self->components);
	g_ptr_array_unref(self->vendor_ids);
	g_ptr_array_unref(self->class_ids);
	G_OBJECT_CLASS(fu_suit_firmware_parent_class)->finalize(object);
}

static void
fu_suit_firmware_class_init(FuSuitFirmwareClass *klass)
{
	GObjectClass *object_class = G_OBJECT_CLASS(klass);
	FuFirmwareClass *firmware_class = FU_FIRMWARE_CLASS(klass);

	object_class->finalize = fu_suit_firmware_finalize;
	firmware_class->parse = fu_suit_firmware_parse;
	firmware_class->write = fu_suit_firmware_write;
	firmware_class->build = fu_suit_firmware_build;
	firmware_class->export = fu_suit_firmware_export;
	fu_suit_firmware_class_init_limits(firmware_class,
					   FU_SUIT_FIRMWARE_SIZE_MAX,
					   FU_SUIT_FIRMWARE_IMAGES_MAX);
}

FuFirmware *
fu_suit_firmware_new(void)
{
	return FU_FIRMWARE(g_object_new(FU_TYPE_SUIT_FIRMWARE, NULL));
}
