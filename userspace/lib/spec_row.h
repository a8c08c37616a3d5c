/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * How rows of the tables are written.
 */
#ifndef SG_SPEC_ROW_H
#define SG_SPEC_ROW_H

#include "spec_table.h"

#define ROW(code, name, kind) \
	{ code, SG_SPEC_##kind, false, false, name, NULL, NULL }
#define CONDITION(code, name) ROW(code, name, CONDITION)
#define DIRECTIVE(code, name) ROW(code, name, DIRECTIVE)
#define WRAPPED(code, name, kind) \
	{ code, SG_SPEC_##kind, true, false, name, NULL, NULL }
#define SEVERABLE(code, name, kind) \
	{ code, SG_SPEC_##kind, true, true, name, NULL, NULL }
#define NESTED(code, name, kind, table) \
	{ code, SG_SPEC_##kind, false, false, name, table, NULL }
#define WRAPPED_MAP(code, name, table) \
	{ code, SG_SPEC_MAP, true, false, name, table, NULL }
#define SEVERABLE_MAP(code, name, table) \
	{ code, SG_SPEC_MAP, true, true, name, table, NULL }
#define NAMED(code, name, kind, names) \
	{ code, SG_SPEC_##kind, false, false, name, NULL, names }

#define TABLE(name, rows) { name, rows, sizeof(rows) / sizeof((rows)[0]) }

#endif /* SG_SPEC_ROW_H */
