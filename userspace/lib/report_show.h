/* SPDX-License-Identifier: LGPL-2.1-or-later */
#ifndef SG_REPORT_SHOW_H
#define SG_REPORT_SHOW_H

#include "spec_show.h"

/* A checked SUIT_Capability_Report; NULL when memory ran out. */
sd_json_variant *sg_report_capability_show(struct suit_slice bytes);
/* The parameters a manifest can have. */
const struct sg_spec_table *sg_report_parameters(void);

#endif /* SG_REPORT_SHOW_H */
