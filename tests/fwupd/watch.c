// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * watch PLUGIN.so: what fwupd sees of devices while the daemon comes, goes and
 * changes: a line for each that is new (+), gone (-) or not what it was (=), with
 * its name, version, problem and what it can do. Runs until its input ends.
 */
#include "config.h"

#include <fwupdplugin.h>
#include <glib-unix.h>
#include <libfwupdplugin/fu-config-private.h>
#include <libfwupdplugin/fu-context-private.h>
#include <libfwupdplugin/fu-plugin-private.h>
#include <stdio.h>
#include <string.h>

static void show(char sign, const char *what)
{
	printf("%c %s\n", sign, what);
	fflush(stdout);
}

static char *describe(FuDevice *device)
{
	return g_strdup_printf("%s %s %s %s", fu_device_get_logical_id(device),
		fu_device_get_version(device),
		fwupd_device_problem_to_string(
			fwupd_device_get_problems(FWUPD_DEVICE(device))),
		fu_device_has_flag(device, FWUPD_DEVICE_FLAG_UPDATABLE) ?
			"updatable" : "-");
}

static gboolean look(void *context)
{
	GHashTable *known = context;
	GHashTableIter i;
	void *device, *was;

	g_hash_table_iter_init(&i, known);
	while (g_hash_table_iter_next(&i, &device, &was)) {
		char *is = describe(device);

		if (!strcmp(is, was)) {
			g_free(is);
			continue;
		}
		show('=', is);
		g_hash_table_iter_replace(&i, is);
	}
	return G_SOURCE_CONTINUE;
}

static void on_added(FuPlugin *plugin, FuDevice *device, GHashTable *known)
{
	char *is = describe(device);

	show('+', is);
	g_hash_table_insert(known, device, is);
}

static void on_removed(FuPlugin *plugin, FuDevice *device, GHashTable *known)
{
	show('-', fu_device_get_logical_id(device));
	g_hash_table_remove(known, device);
}

static gboolean on_input(int fd, GIOCondition condition, void *loop)
{
	g_main_loop_quit(loop);
	return G_SOURCE_REMOVE;
}

int main(int argc, char **argv)
{
	g_autoptr(GHashTable) known =
		g_hash_table_new_full(NULL, NULL, NULL, g_free);
	g_autoptr(FuProgress) progress = fu_progress_new(G_STRLOC);
	g_autoptr(GMainLoop) loop = g_main_loop_new(NULL, FALSE);
	g_autoptr(FuContext) ctx = fu_context_new();
	g_autoptr(FuPlugin) plugin = fu_plugin_new(ctx);
	g_autoptr(GError) error = NULL;

	g_signal_connect(plugin, "device-added", G_CALLBACK(on_added), known);
	g_signal_connect(plugin, "device-removed", G_CALLBACK(on_removed),
			 known);
	if (argc != 2 ||
	    !fu_config_load(fu_context_get_config(ctx),
			    FU_CONFIG_LOAD_FLAG_NONE, &error) ||
	    !fu_plugin_open(plugin, argv[1], &error) ||
	    !fu_plugin_runner_startup(plugin, progress, &error) ||
	    !fu_plugin_runner_coldplug(plugin, progress, &error)) {
		show('!', error ? error->message : "usage: watch PLUGIN.so");
		return 1;
	}
	show('!', "watching");
	g_timeout_add(100, look, known);
	g_unix_fd_add(0, G_IO_IN | G_IO_HUP, on_input, loop);
	g_main_loop_run(loop);
	return 0;
}
