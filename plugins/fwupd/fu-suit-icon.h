/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <fwupdplugin.h>

/* nothing says what a component is for but its name */
const gchar *
fu_suit_icon_from_component(const gchar *component);
