/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <fwupdplugin.h>

/* a memfd with @blob in it, sealed so that nobody can change it, or -1 */
gint
fu_suit_memfd_new(GBytes *blob, GError **error);
