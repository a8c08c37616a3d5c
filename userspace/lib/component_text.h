/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * Component ids from what people type.
 */
#ifndef SG_COMPONENT_TEXT_H
#define SG_COMPONENT_TEXT_H

#include "suitgate/types.h"

/*
 * Encode "firmware/ath9k_htc/x.fw", segments split at '/', as a component id.
 * One segment alone ("firmware") is fine: as a prefix it covers all below it.
 * 0, or -1 with @err filled.
 */
int sg_component_parse(const char *text, uint8_t *out, size_t cap, size_t *len,
		       struct sg_error *err);

#endif /* SG_COMPONENT_TEXT_H */
