/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef DAEMON_COMPONENT_H
#define DAEMON_COMPONENT_H

#include "store.h"

/*
 * What component @from of @process would be in the database. False when its name
 * is too long for that.
 */
bool component_describe(const struct sg_process *process,
			const struct sg_process_component *from,
			struct store_component *to);

#endif /* DAEMON_COMPONENT_H */
