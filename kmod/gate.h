/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The gate: a delivery -> name, manifest, verdict, record. All functions run
 * in process context and may sleep.
 */
#ifndef SUITGATE_GATE_H
#define SUITGATE_GATE_H

#include <linux/types.h>

struct file;

/* The loader's read of a file begins and ends. */
void suit_gate_read_begin(void);
void suit_gate_read_end(void);

/*
 * A file was read for a driver. 0 to deliver, else the negative errno that the
 * driver's request fails with. @partial: it is not all of the file.
 */
int suit_gate_file(const char *path, const void *buf, size_t len,
		   bool partial);
/* Bytes without a file: sysfs fallback, firmware upload, EFI-embedded. */
int suit_gate_data(const void *buf, size_t len, const char *description);
/* Net: a firmware read that did not come through the loader's read. */
int suit_gate_net(struct file *file, const void *buf, size_t len);

#endif /* SUITGATE_GATE_H */
