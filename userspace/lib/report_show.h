/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * Parts of sg_report_show().
 */
#ifndef SG_REPORT_SHOW_H
#define SG_REPORT_SHOW_H

#include "spec_json.h"

/* SUIT_Capability_Report; NULL when @cur has failed or memory ran out. */
sd_json_variant *sg_report_show_capabilities(struct suit_cursor *cur);

#endif /* SG_REPORT_SHOW_H */
