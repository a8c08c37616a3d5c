/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * Client of suitgated, which does everything that needs privilege: this sees
 * neither /dev/suitgate nor /lib/firmware.
 */
#pragma once

#include "fu-suit-compat.h"

#define FU_SUIT_MANAGER_ADDRESS "/run/suitgate/io.suitgate.Manager"

#define FU_TYPE_SUIT_MANAGER (fu_suit_manager_get_type())
G_DECLARE_FINAL_TYPE(FuSuitManager, fu_suit_manager, FU, SUIT_MANAGER, GObject)

FuSuitManager *
fu_suit_manager_new(const gchar *address);

/* (transfer full): an array of what is installed */
sd_json_variant *
fu_suit_manager_list_components(FuSuitManager *self, GError **error);
/* (transfer full): an object */
sd_json_variant *
fu_suit_manager_get_status(FuSuitManager *self, GError **error);
/* (transfer full): an array of what happened, the oldest first */
sd_json_variant *
fu_suit_manager_list_reports(FuSuitManager *self, GError **error);
/* (transfer full): the manifest that is installed now, an object */
sd_json_variant *
fu_suit_manager_install(FuSuitManager *self,
			GBytes *envelope,
			FuProgress *progress,
			GError **error);
/* emit "changed" whenever something did, and "lost" once the daemon is gone */
gboolean
fu_suit_manager_subscribe(FuSuitManager *self, GError **error);
