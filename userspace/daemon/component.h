/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef DAEMON_COMPONENT_H
#define DAEMON_COMPONENT_H

#include "setup.h"

/*
 * What component @from of @process would be in the database. False when its name
 * is too long for that.
 */
bool component_describe(const struct sg_process *process,
			const struct sg_process_component *from,
			struct store_component *to);

/*
 * Is what @envelope wants there already? Only of what the gate decides about;
 * the size is filled in.
 */
bool component_in_place(const struct setup *setup,
			const struct sg_buf *envelope,
			struct store_component *component);

#endif /* DAEMON_COMPONENT_H */
