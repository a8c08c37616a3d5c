/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The parts of suitctl doctor.
 */
#ifndef CLI_DOCTOR_H
#define CLI_DOCTOR_H

#include <systemd/sd-json.h>

#include "suitgate.h"

/**
 * struct doctor_records - decisions that the kernel still remembers
 * @record: oldest first; freed by the caller
 * @n: how many
 */
struct doctor_records {
	struct sg_gate_record *record;
	size_t n;
};

/* cmd_doctor.c: read all; false with @err filled. */
bool doctor_read(struct sg_gate *gate, struct doctor_records *all,
		 struct sg_error *err);
/* Refused, or would have been? */
bool doctor_bad(const struct sg_gate_record *record);
/* Add a decision with its advice to a JSON array. 0 or -1. */
int doctor_append(sd_json_variant **array, const struct sg_gate_record *record);

/*
 * doctor_package.c: firmware that changed since it was last good, or @all.
 * Exit code.
 */
int doctor_packages(struct sg_gate *gate, const struct sg_gate_info *info,
		    bool all, bool json);

/* doctor_name.c: all about one firmware file. Exit code. */
int doctor_name(struct sg_gate *gate, const char *name, bool json);

#endif /* CLI_DOCTOR_H */
