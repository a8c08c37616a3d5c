// SPDX-License-Identifier: LGPL-2.1-or-later
#include "config.h"

#include "fu-suit-device.h"

#include "fu-suit-firmware.h"
#include "fu-suit-icon.h"
#include "fu-suit-spec.h"

struct _FuSuitDevice {
	FuDevice parent_instance;
	FuSuitManager *manager;
	gchar *component;
	gchar *class_id;
	gchar *vendor_id;
	gchar *authority;
	gchar *manifest;
	guint64 sequence_number;
	guint64 floor;
	gboolean has_floor;
	gboolean confirmed;
	gboolean enforcing;
};

G_DEFINE_TYPE(FuSuitDevice, fu_suit_device, FU_TYPE_DEVICE)

#define FU_SUIT_DEVICE_INHIBIT_UNREACHABLE "suitgated"

/* problems that an update may well solve: they are shown and inhibit nothing */
static void
fu_suit_device_ensure_problems(FuSuitDevice *self)
{
	FwupdDevice *device = FWUPD_DEVICE(self);
	g_autofree gchar *below = NULL;

	if (fu_device_has_inhibit(FU_DEVICE(self), FU_SUIT_DEVICE_INHIBIT_UNREACHABLE))
		return;
	if (self->has_floor && self->floor > self->sequence_number) {
		below = g_strdup_printf("drivers do not get it: sequence number %" G_GUINT64_FORMAT
					" is below the floor of %" G_GUINT64_FORMAT
					"; install a later release",
					self->sequence_number,
					self->floor);
		fwupd_device_add_problem(device, FWUPD_DEVICE_PROBLEM_FIRMWARE_LOCKED);
		fwupd_device_set_update_error(device, below);
		return;
	}
	fwupd_device_remove_problem(device, FWUPD_DEVICE_PROBLEM_FIRMWARE_LOCKED);
	if (!self->enforcing) {
		fwupd_device_add_problem(device, FWUPD_DEVICE_PROBLEM_INSECURE_PLATFORM);
		fwupd_device_set_update_error(device,
					      "the gate is not enforcing: drivers get unsigned "
					      "firmware, too; see suitctl doctor");
		return;
	}
	fwupd_device_remove_problem(device, FWUPD_DEVICE_PROBLEM_INSECURE_PLATFORM);
	fwupd_device_set_update_error(device, NULL);
}

void
fu_suit_device_set_state(FuSuitDevice *self, gboolean reachable, gboolean enforcing)
{
	g_return_if_fail(FU_IS_SUIT_DEVICE(self));

	self->enforcing = enforcing;
	if (reachable) {
		fu_device_uninhibit(FU_DEVICE(self), FU_SUIT_DEVICE_INHIBIT_UNREACHABLE);
		fu_device_remove_problem(FU_DEVICE(self), FWUPD_DEVICE_PROBLEM_UNREACHABLE);
	} else {
		fu_device_inhibit(FU_DEVICE(self),
				  FU_SUIT_DEVICE_INHIBIT_UNREACHABLE,
				  "suitgated is not running; see systemctl status suitgated");
		fu_device_add_problem(FU_DEVICE(self), FWUPD_DEVICE_PROBLEM_UNREACHABLE);
	}
	fu_suit_device_ensure_problems(self);
}

/* without a version the number of the release has to do */
static void
fu_suit_device_set_versions(FuSuitDevice *self, sd_json_variant *component)
{
	FuDevice *device = FU_DEVICE(self);
	const gchar *version = fu_suit_spec_get_string(component, "version");
	const gchar *lowest = fu_suit_spec_get_string(component, "floorVersion");
	gboolean is_known = fu_device_get_version_lowest_raw(device) == self->floor;
	g_autofree gchar *number = NULL;
	g_autofree gchar *number_lowest = NULL;

	if (version == NULL || version[0] == '\0') {
		number = g_strdup_printf("%" G_GUINT64_FORMAT, self->sequence_number);
		number_lowest = g_strdup_printf("%" G_GUINT64_FORMAT, self->floor);
		version = number;
		lowest = number_lowest;
		fu_device_set_version_format(device, FWUPD_VERSION_FORMAT_NUMBER);
	} else {
		FwupdVersionFormat format = fu_version_guess_format(version);
		if (format == FWUPD_VERSION_FORMAT_UNKNOWN)
			format = FWUPD_VERSION_FORMAT_PLAIN;
		fu_device_set_version_format(device, format);
		if (self->floor == self->sequence_number)
			lowest = version;
	}
	fu_device_set_version(device, version); /* nocheck:set-version */
	fu_device_set_version_raw(device, self->sequence_number);
	/* of a floor that stays its version is known from when it was installed */
	if (!self->has_floor || lowest != NULL || !is_known)
		fu_device_set_version_lowest(device, self->has_floor ? lowest : NULL);
	fu_device_set_version_lowest_raw(device, self->has_floor ? self->floor : 0);
}

void
fu_suit_device_set_component(FuSuitDevice *self, sd_json_variant *component)
{
	FuDevice *device = FU_DEVICE(self);
	const gchar *vendor = fu_suit_spec_get_string(component, "vendorName");
	const gchar *activation = fu_suit_spec_get_string(component, "activation");

	g_return_if_fail(FU_IS_SUIT_DEVICE(self));

	g_set_str(&self->authority, fu_suit_spec_get_string(component, "authority"));
	g_set_str(&self->manifest, fu_suit_spec_get_string(component, "manifest"));
	self->sequence_number = fu_suit_spec_get_number(component, "sequenceNumber");
	self->has_floor = sd_json_variant_is_unsigned(sd_json_variant_by_key(component, "floor"));
	self->floor = fu_suit_spec_get_number(component, "floor");
	self->confirmed = sd_json_variant_boolean(sd_json_variant_by_key(component, "confirmed"));
	fu_device_set_vendor(device, vendor != NULL ? vendor : self->authority);
	fu_suit_device_set_versions(self, component);
	if (g_strcmp0(activation, "reboot") == 0)
		fu_device_add_flag(device, FWUPD_DEVICE_FLAG_NEEDS_REBOOT);
	else
		fu_device_remove_flag(device, FWUPD_DEVICE_FLAG_NEEDS_REBOOT);
	fu_suit_device_ensure_problems(self);
}

static void
fu_suit_device_set_identity(FuSuitDevice *self, sd_json_variant *component)
{
	FuDevice *device = FU_DEVICE(self);
	const gchar *title = fu_suit_spec_get_string(component, "title");
	const gchar *vendor_id = fu_suit_spec_get_string(component, "vendorId");
	const gchar *class_id = fu_suit_spec_get_string(component, "classId");

	self->component = g_strdup(fu_suit_spec_get_string(component, "name"));
	fu_device_set_logical_id(device, self->component);
	fu_device_set_name(device, title != NULL ? title : self->component);
	fu_device_add_icon(device, fu_suit_icon_from_component(self->component));
	if (vendor_id != NULL && fwupd_guid_is_valid(vendor_id)) {
		self->vendor_id = g_strdup(vendor_id);
		fu_device_build_vendor_id(device, "SUIT", vendor_id);
	}
	if (class_id != NULL && fwupd_guid_is_valid(class_id)) {
		self->class_id = g_strdup(class_id);
		fu_device_add_instance_id(device, class_id);
	} else {
		/* for devices of every class: only the name says what it is */
		g_autofree gchar *instance_id = g_strdup_printf("SUIT\\%s", self->component);
		fu_device_add_instance_id(device, instance_id);
	}
}

static gboolean
fu_suit_device_reload(FuDevice *device, GError **error)
{
	FuSuitDevice *self = FU_SUIT_DEVICE(device);
	g_autoptr(sd_json_variant) components = NULL;

	components = fu_suit_manager_list_components(self->manager, error);
	if (components == NULL)
		return FALSE;
	for (gsize i = 0; i < sd_json_variant_elements(components); i++) {
		sd_json_variant *component = sd_json_variant_by_index(components, i);
		if (g_strcmp0(fu_suit_spec_get_string(component, "name"), self->component) == 0) {
			fu_suit_device_set_component(self, component);
			return TRUE;
		}
	}
	g_set_error(error,
		    FWUPD_ERROR,
		    FWUPD_ERROR_NOT_FOUND,
		    "suitgated no longer lists %s",
		    self->component);
	return FALSE;
}

/* the daemon decides; this is so that a file does not reach another device */
static FuFirmware *
fu_suit_device_prepare_firmware(FuDevice *device,
				FuSuitStream *stream,
				FuProgress *progress,
				FuFirmwareParseFlags flags,
				GError **error)
{
	FuSuitDevice *self = FU_SUIT_DEVICE(device);
	g_autoptr(FuFirmware) firmware = fu_suit_firmware_new();
	FuSuitFirmware *suit = FU_SUIT_FIRMWARE(firmware);
	const gchar *what = NULL;

	if (!fu_firmware_parse_stream(firmware,
				      stream,
				      0x0,
				      flags | FU_FIRMWARE_PARSE_FLAG_CACHE_BLOB,
				      error))
		return NULL;
	if (!fu_suit_firmware_has_vendor_id(suit, self->vendor_id))
		what = "devices of another vendor";
	else if (!fu_suit_firmware_has_class_id(suit, self->class_id))
		what = "another class of device";
	else if (!fu_suit_firmware_has_component(suit, self->component))
		what = "another component";
	if (what != NULL) {
		g_set_error(error,
			    FWUPD_ERROR,
			    FWUPD_ERROR_NOT_SUPPORTED,
			    "this manifest is for %s, not for %s",
			    what,
			    self->component);
		return NULL;
	}
	return g_steal_pointer(&firmware);
}

static gboolean
fu_suit_device_write_firmware(FuDevice *device,
			      FuFirmware *firmware,
			      FuProgress *progress,
			      FwupdInstallFlags flags,
			      GError **error)
{
	FuSuitDevice *self = FU_SUIT_DEVICE(device);
	g_autoptr(sd_json_variant) installed = NULL;
	g_autoptr(GBytes) envelope = NULL;
	const gchar *manifest;

	envelope = fu_firmware_get_bytes(firmware, error);
	if (envelope == NULL)
		return FALSE;
	fu_progress_set_id(progress, G_STRLOC);
	installed = fu_suit_manager_install(self->manager, envelope, progress, error);
	if (installed == NULL) {
		g_prefix_error(error, "%s was not installed: ", self->component);
		return FALSE;
	}
	manifest = fu_suit_spec_get_string(installed, "manifest");
	if (g_strcmp0(manifest, fu_suit_firmware_get_digest(FU_SUIT_FIRMWARE(firmware))) != 0) {
		g_set_error(error,
			    FWUPD_ERROR,
			    FWUPD_ERROR_WRITE,
			    "suitgated installed manifest %s, which is another one",
			    manifest != NULL ? manifest : "(none)");
		return FALSE;
	}
	if (sd_json_variant_boolean(sd_json_variant_by_key(installed, "needsReboot")))
		fu_device_add_flag(device, FWUPD_DEVICE_FLAG_NEEDS_REBOOT);
	fu_progress_set_percentage(progress, 100);
	return TRUE;
}

/* what the daemon reported last about the manifest that is installed */
static gchar *
fu_suit_device_get_result(FuSuitDevice *self)
{
	g_autoptr(sd_json_variant) reports = NULL;
	g_autoptr(GError) error_local = NULL;
	const gchar *result = NULL;

	reports = fu_suit_manager_list_reports(self->manager, &error_local);
	if (reports == NULL) {
		g_debug("no reports: %s", error_local->message);
		return NULL;
	}
	for (gsize i = 0; i < sd_json_variant_elements(reports); i++) {
		sd_json_variant *report = sd_json_variant_by_index(reports, i);
		if (g_strcmp0(fu_suit_spec_get_string(report, "subject"), self->manifest) == 0)
			result = fu_suit_spec_get_string(report, "result");
	}
	return g_strdup(result);
}

static void
fu_suit_device_add_metadata(FuSuitDevice *self, GHashTable *metadata, const gchar *suffix)
{
	g_hash_table_insert(metadata,
			    g_strconcat("SuitSequenceNumber", suffix, NULL),
			    g_strdup_printf("%" G_GUINT64_FORMAT, self->sequence_number));
	g_hash_table_insert(metadata,
			    g_strconcat("SuitManifestDigest", suffix, NULL),
			    g_strdup(self->manifest != NULL ? self->manifest : ""));
}

/* what an update that needs no reboot is reported with */
static void
fu_suit_device_report_metadata_pre(FuDevice *device, GHashTable *metadata)
{
	fu_suit_device_add_metadata(FU_SUIT_DEVICE(device), metadata, "Old");
}

static void
fu_suit_device_report_metadata_post(FuDevice *device, GHashTable *metadata)
{
	FuSuitDevice *self = FU_SUIT_DEVICE(device);
	g_autofree gchar *result = fu_suit_device_get_result(self);

	fu_suit_device_add_metadata(self, metadata, "");
	if (result != NULL)
		g_hash_table_insert(metadata, g_strdup("SuitResult"), g_steal_pointer(&result));
}

static void
fu_suit_device_to_string(FuDevice *device, guint idt, GString *str)
{
	FuSuitDevice *self = FU_SUIT_DEVICE(device);

	fwupd_codec_string_append(str, idt, "Component", self->component);
	fwupd_codec_string_append(str, idt, "Authority", self->authority);
	fwupd_codec_string_append(str, idt, "Manifest", self->manifest);
	fwupd_codec_string_append_hex(str, idt, "SequenceNumber", self->sequence_number);
	if (self->has_floor)
		fwupd_codec_string_append_hex(str, idt, "Floor", self->floor);
	fwupd_codec_string_append_bool(str, idt, "Confirmed", self->confirmed);
	fwupd_codec_string_append_bool(str, idt, "Enforcing", self->enforcing);
}

static void
fu_suit_device_set_progress(FuDevice *device, FuProgress *progress)
{
	fu_progress_set_id(progress, G_STRLOC);
	fu_progress_add_step(progress, FWUPD_STATUS_DECOMPRESSING, 1, "prepare-fw");
	fu_progress_add_step(progress, FWUPD_STATUS_DEVICE_RESTART, 0, "detach");
	fu_progress_add_step(progress, FWUPD_STATUS_DEVICE_WRITE, 98, "write");
	fu_progress_add_step(progress, FWUPD_STATUS_DEVICE_RESTART, 0, "attach");
	fu_progress_add_step(progress, FWUPD_STATUS_DEVICE_BUSY, 1, "reload");
}

static void
fu_suit_device_init(FuSuitDevice *self)
{
	FuDevice *device = FU_DEVICE(self);

	fu_device_set_physical_id(device, "suitgate");
	fu_device_set_summary(device, "Runtime firmware that must be signed to be loaded");
	fu_device_add_protocol(device, "org.ietf.suit");
	fu_device_set_firmware_gtype(device, FU_TYPE_SUIT_FIRMWARE);
	fu_device_add_flag(device, FWUPD_DEVICE_FLAG_INTERNAL);
	fu_device_add_flag(device, FWUPD_DEVICE_FLAG_UPDATABLE);
	fu_device_add_flag(device, FWUPD_DEVICE_FLAG_SIGNED_PAYLOAD);
	fu_device_add_flag(device, FWUPD_DEVICE_FLAG_ONLY_VERSION_UPGRADE);
}

static void
fu_suit_device_finalize(GObject *object)
{
	FuSuitDevice *self = FU_SUIT_DEVICE(object);

	g_clear_object(&self->manager);
	g_free(self->component);
	g_free(self->class_id);
	g_free(self->vendor_id);
	g_free(self->authority);
	g_free(self->manifest);
	G_OBJECT_CLASS(fu_suit_device_parent_class)->finalize(object);
}

static void
fu_suit_device_class_init(FuSuitDeviceClass *klass)
{
	GObjectClass *object_class = G_OBJECT_CLASS(klass);
	FuDeviceClass *device_class = FU_DEVICE_CLASS(klass);

	object_class->finalize = fu_suit_device_finalize;
	device_class->to_string = fu_suit_device_to_string;
	device_class->reload = fu_suit_device_reload;
	device_class->prepare_firmware = fu_suit_device_prepare_firmware;
	device_class->write_firmware = fu_suit_device_write_firmware;
	device_class->report_metadata_pre = fu_suit_device_report_metadata_pre;
	device_class->report_metadata_post = fu_suit_device_report_metadata_post;
	device_class->set_progress = fu_suit_device_set_progress;
}

FuSuitDevice *
fu_suit_device_new(FuContext *ctx, FuSuitManager *manager, sd_json_variant *component)
{
	FuSuitDevice *self = g_object_new(FU_TYPE_SUIT_DEVICE, "context", ctx, NULL);

	self->manager = g_object_ref(manager);
	self->enforcing = TRUE;
	fu_suit_device_set_identity(self, component);
	fu_suit_device_set_component(self, component);
	return self;
}
