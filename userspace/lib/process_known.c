// SPDX-License-Identifier: LGPL-2.1-or-later
/*
 * What is installed, as a procedure finds it.
 */
#include <stdlib.h>

#include "process_private.h"

static int collect(void *context, struct sg_install_record *record,
		   enum sg_install_state state, struct sg_error *err)
{
	struct sg_process *p = context;
	struct sg_known *more;

	more = reallocarray(p->known, p->n_known + 1, sizeof(*more));
	if (!more)
		return sg_fail(err, "out of memory");
	p->known = more;
	more[p->n_known].state = state;
	more[p->n_known++].record = *record;
	*record = (struct sg_install_record){ 0 };
	return 0;
}

int sg_process_read_known(struct sg_process *p, struct sg_error *err)
{
	struct sg_error later;

	/* what cannot be settled now is in the way of its components only */
	sg_install_settle(&p->store, &later);
	return sg_install_store_walk(&p->store, collect, p, err);
}

void sg_process_free_known(struct sg_process *p)
{
	while (p->n_known)
		sg_install_record_free(&p->known[--p->n_known].record);
	free(p->known);
	p->known = NULL;
}

bool sg_process_on_trial(const struct sg_known *known)
{
	return known->state == SG_INSTALL_COMMITTED ||
	       known->state == SG_INSTALL_APPLIED ||
	       known->state == SG_INSTALL_REVERTING;
}

const struct sg_known *sg_process_known(const struct sg_process *p,
					const struct sg_lineage *lineage,
					enum sg_install_state state)
{
	size_t i;

	for (i = 0; i < p->n_known; i++)
		if (p->known[i].state == state &&
		    sg_lineage_equal(&p->known[i].record.lineage, lineage))
			return &p->known[i];
	return NULL;
}
