/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The gate: a delivery -> name, manifest, verdict, record. All functions run
 * in process context and may sleep.
 */
#ifndef SUITGATE_GATE_H
#define SUITGATE_GATE_H

#include <linux/types.h>

struct file;
struct suit_request;

/*
 * The loader's read of a file begins and ends, for the request that begin
 * returns; NULL: nobody knows for which, and what was read is refused.
 */
struct suit_request *suit_gate_read_begin(void);
void suit_gate_read_end(struct suit_request *request);

/*
 * A file was read for a driver. 0 to deliver, else the negative errno that the
 * driver's request fails with. @partial: it is not all of the file.
 */
int suit_gate_file(const struct suit_request *request, const char *path,
		   const void *buf, size_t len, bool partial);
/*
 * Bytes without a file. EFI-embedded ones have the name of the request they
 * are for; those of a firmware upload have none; the sysfs fallback's look like
 * an upload's, and so nothing is taken while one is pending.
 */
int suit_gate_data(const void *buf, size_t len, const char *description);
/* Net: a firmware read that did not come through the loader's read. */
int suit_gate_net(struct file *file, const void *buf, size_t len);

#endif /* SUITGATE_GATE_H */
