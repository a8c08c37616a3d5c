// SPDX-License-Identifier: LGPL-2.1-or-later
#include "config.h"

#include "fu-suit-icon.h"

const gchar *
fu_suit_icon_from_component(const gchar *component)
{
	static const struct {
		const gchar *part;
		const gchar *icon;
	} map[] = {
	    {"wifi", FU_DEVICE_ICON_NETWORK_WIRELESS},
	    {"radio", FU_DEVICE_ICON_NETWORK_WIRELESS},
	    {"ath", FU_DEVICE_ICON_NETWORK_WIRELESS},
	    {"modem", FU_DEVICE_ICON_MODEM},
	    {"hda", FU_DEVICE_ICON_AUDIO_CARD},
	    {"wlan", FU_DEVICE_ICON_NETWORK_WIRELESS},
	    {"regulatory", FU_DEVICE_ICON_NETWORK_WIRELESS},
	    {"audio", FU_DEVICE_ICON_AUDIO_CARD},
	    {"gpu", FU_DEVICE_ICON_GPU},
	};

	for (guint i = 0; i < G_N_ELEMENTS(map); i++) {
		if (g_strstr_len(component, -1, map[i].part) != NULL)
			return map[i].icon;
	}
	return FU_DEVICE_ICON_MEMORY;
}
