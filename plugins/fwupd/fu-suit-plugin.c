// SPDX-License-Identifier: LGPL-2.1-or-later
#include "config.h"

#include "fu-suit-device.h"
#include "fu-suit-firmware.h"
#include "fu-suit-security.h"
#include "fu-suit-spec.h"

/* ms between looks for a daemon that went away: most are back at once */
#define FU_SUIT_PLUGIN_RETRY_MIN 250
#define FU_SUIT_PLUGIN_RETRY_MAX 4000

/* a plugin in a module of its own has no type of its own */
struct FuPluginData {
	FuSuitManager *manager;
	guint retry_id;
	guint retry_delay;
};

static gboolean
fu_suit_plugin_get_enforcing(FuPlugin *plugin)
{
	FuPluginData *priv = fu_plugin_get_data(plugin);
	g_autoptr(GError) error_local = NULL;
	g_autoptr(sd_json_variant) status = NULL;

	status = fu_suit_manager_get_status(priv->manager, &error_local);
	if (status == NULL) {
		g_info("state of the gate is not known: %s", error_local->message);
		return FALSE;
	}
	return fu_suit_security_is_enforcing(status);
}

/* those that were listed and are there no more */
static void
fu_suit_plugin_remove_devices(FuPlugin *plugin, GHashTable *listed)
{
	g_autoptr(GPtrArray) devices = g_ptr_array_new_with_free_func(g_object_unref);
	GPtrArray *devices_all = fu_plugin_get_devices(plugin);

	for (guint i = 0; i < devices_all->len; i++) {
		FuDevice *device = g_ptr_array_index(devices_all, i);
		if (!g_hash_table_contains(listed, fu_device_get_logical_id(device)))
			g_ptr_array_add(devices, g_object_ref(device));
	}
	for (guint i = 0; i < devices->len; i++) {
		FuDevice *device = g_ptr_array_index(devices, i);
		fu_plugin_cache_remove(plugin, fu_device_get_logical_id(device));
		fu_suit_plugin_device_remove(plugin, device);
	}
}

static gboolean
fu_suit_plugin_list(FuPlugin *plugin, GError **error)
{
	FuPluginData *priv = fu_plugin_get_data(plugin);
	FuContext *ctx = fu_plugin_get_context(plugin);
	g_autoptr(GHashTable) listed = g_hash_table_new(g_str_hash, g_str_equal);
	g_autoptr(sd_json_variant) components = NULL;
	gboolean enforcing;

	components = fu_suit_manager_list_components(priv->manager, error);
	if (components == NULL)
		return FALSE;
	enforcing = fu_suit_plugin_get_enforcing(plugin);
	for (gsize i = 0; i < sd_json_variant_elements(components); i++) {
		sd_json_variant *component = sd_json_variant_by_index(components, i);
		const gchar *name = fu_suit_spec_get_string(component, "name");
		g_autoptr(FuSuitDevice) device = NULL;

		if (name == NULL)
			continue;
		g_hash_table_add(listed, (gpointer)name);
		device = fu_plugin_cache_lookup(plugin, name);
		if (device != NULL) {
			g_object_ref(device);
			fu_suit_device_set_component(device, component);
			fu_suit_device_set_state(device, TRUE, enforcing);
			continue;
		}
		device = fu_suit_device_new(ctx, priv->manager, component);
		fu_suit_device_set_state(device, TRUE, enforcing);
		if (!fu_device_setup(FU_DEVICE(device), error))
			return FALSE;
		fu_plugin_cache_add(plugin, name, device);
		fu_suit_plugin_device_add(plugin, FU_DEVICE(device));
	}
	fu_suit_plugin_remove_devices(plugin, listed);
	return TRUE;
}

/* the daemon is gone */
static void
fu_suit_plugin_set_unreachable(FuPlugin *plugin)
{
	GPtrArray *devices = fu_plugin_get_devices(plugin);

	for (guint i = 0; i < devices->len; i++)
		fu_suit_device_set_state(g_ptr_array_index(devices, i), FALSE, FALSE);
}

static gboolean
fu_suit_plugin_start(FuPlugin *plugin, GError **error)
{
	FuPluginData *priv = fu_plugin_get_data(plugin);

	/* first, so that what changes in between is not missed */
	if (!fu_suit_manager_subscribe(priv->manager, error))
		return FALSE;
	return fu_suit_plugin_list(plugin, error);
}

static gboolean
fu_suit_plugin_retry_cb(gpointer user_data);

/* later each time */
static void
fu_suit_plugin_retry(FuPlugin *plugin)
{
	FuPluginData *priv = fu_plugin_get_data(plugin);

	priv->retry_id = g_timeout_add(priv->retry_delay, fu_suit_plugin_retry_cb, plugin);
	priv->retry_delay = MIN(2 * priv->retry_delay, FU_SUIT_PLUGIN_RETRY_MAX);
}

static gboolean
fu_suit_plugin_retry_cb(gpointer user_data)
{
	FuPlugin *plugin = FU_PLUGIN(user_data);
	FuPluginData *priv = fu_plugin_get_data(plugin);
	g_autoptr(GError) error_local = NULL;

	priv->retry_id = 0;
	if (!fu_suit_plugin_start(plugin, &error_local)) {
		g_debug("%s", error_local->message);
		fu_suit_plugin_retry(plugin);
		return G_SOURCE_REMOVE;
	}
	fu_context_security_changed(fu_plugin_get_context(plugin));
	g_info("suitgated is back");
	return G_SOURCE_REMOVE;
}

static void
fu_suit_plugin_lost_cb(FuSuitManager *manager, FuPlugin *plugin)
{
	FuPluginData *priv = fu_plugin_get_data(plugin);

	fu_suit_plugin_set_unreachable(plugin);
	fu_context_security_changed(fu_plugin_get_context(plugin));
	priv->retry_delay = FU_SUIT_PLUGIN_RETRY_MIN;
	if (priv->retry_id == 0)
		fu_suit_plugin_retry(plugin);
}

static void
fu_suit_plugin_changed_cb(FuSuitManager *manager, FuPlugin *plugin)
{
	g_autoptr(GError) error_local = NULL;

	if (!fu_suit_plugin_list(plugin, &error_local))
		g_warning("cannot list components: %s", error_local->message);
	/* what was asked for once is remembered, until somebody says so */
	fu_context_security_changed(fu_plugin_get_context(plugin));
}

static gboolean
fu_suit_plugin_startup(FuPlugin *plugin, FuProgress *progress, GError **error)
{
	FuPluginData *priv = fu_plugin_get_data(plugin);
	g_autofree gchar *address = fu_plugin_get_config_value(plugin, "Address");

	/* systemd has its socket open wherever suitgated is installed */
	if (!g_file_test(address, G_FILE_TEST_EXISTS)) {
		g_set_error(error,
			    FWUPD_ERROR,
			    FWUPD_ERROR_NOT_SUPPORTED,
			    "%s does not exist: suitgated is not installed, or its socket "
			    "suitgated.socket is not started",
			    address);
		return FALSE;
	}
	priv->manager = fu_suit_manager_new(address);
	g_signal_connect(priv->manager, "changed", G_CALLBACK(fu_suit_plugin_changed_cb), plugin);
	g_signal_connect(priv->manager, "lost", G_CALLBACK(fu_suit_plugin_lost_cb), plugin);
	return TRUE;
}

static gboolean
fu_suit_plugin_coldplug(FuPlugin *plugin, FuProgress *progress, GError **error)
{
	FuPluginData *priv = fu_plugin_get_data(plugin);
	g_autoptr(GError) error_local = NULL;

	/* it may come yet */
	if (!fu_suit_plugin_start(plugin, &error_local)) {
		g_warning("%s", error_local->message);
		fu_suit_plugin_lost_cb(priv->manager, plugin);
	}
	return TRUE;
}

static void
fu_suit_plugin_add_security_attrs(FuPlugin *plugin, FuSecurityAttrs *attrs)
{
	FuPluginData *priv = fu_plugin_get_data(plugin);
	g_autoptr(GError) error_local = NULL;
	g_autoptr(sd_json_variant) status = NULL;

	if (priv->manager != NULL)
		status = fu_suit_manager_get_status(priv->manager, &error_local);
	fu_suit_security_add_attr(plugin, attrs, status);
}

static void
fu_suit_plugin_constructed(GObject *object)
{
	FuPlugin *plugin = FU_PLUGIN(object);

	fu_plugin_alloc_data(plugin, sizeof(FuPluginData));
	fu_plugin_set_config_default(plugin, "Address", FU_SUIT_MANAGER_ADDRESS);
	fu_plugin_add_device_gtype(plugin, FU_TYPE_SUIT_DEVICE);
	fu_suit_plugin_add_firmware(plugin, FU_TYPE_SUIT_FIRMWARE);
}

static void
fu_suit_plugin_finalize(GObject *object)
{
	FuPluginData *priv = fu_plugin_get_data(FU_PLUGIN(object));

	if (priv->retry_id != 0)
		g_source_remove(priv->retry_id);
	if (priv->manager != NULL)
		g_signal_handlers_disconnect_by_data(priv->manager, object);
	g_clear_object(&priv->manager);
	/* nocheck:finalize -- a module has no parent class to call */
}

/* found by this name */
void
fu_plugin_init_vfuncs(FuPluginVfuncs *vfuncs);

G_MODULE_EXPORT void
fu_plugin_init_vfuncs(FuPluginVfuncs *vfuncs)
{
	vfuncs->constructed = fu_suit_plugin_constructed;
	vfuncs->finalize = fu_suit_plugin_finalize;
	vfuncs->startup = fu_suit_plugin_startup;
	vfuncs->coldplug = fu_suit_plugin_coldplug;
	vfuncs->add_security_attrs = fu_suit_plugin_add_security_attrs;
}
