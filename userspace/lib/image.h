/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * The bytes of a component, in pieces of a fixed size.
 */
#ifndef SG_IMAGE_H
#define SG_IMAGE_H

#include "loader.h"
#include "stage.h"

/**
 * struct sg_view - what the components of a device look like to a procedure
 * @device: the device
 * @loader: where firmware is looked for
 * @stage: candidates, which hide what is installed; or NULL
 */
struct sg_view {
	const struct sg_device *device;
	const struct sg_loader *loader;
	const struct sg_stage *stage;
};

/**
 * sg_image_open() - open the file of a component
 * @view: of the device
 * @id: encoded component id
 * @out: descriptor for reading
 * @err: for people
 *
 * A symbolic link that is a candidate is followed as it will be.
 *
 * Return: SUIT_OK; SUIT_ERR_IMAGE when there is no such file; SUIT_ERR_NAME;
 * SUIT_ERR_OPERATION.
 */
enum suit_error sg_image_open(const struct sg_view *view, struct suit_slice id,
			      int *out, struct sg_error *err);

/* Call @take with all of @fd, from its start, until it returns an error. */
enum suit_error sg_image_stream(int fd,
				enum suit_error (*take)(void *context,
							const u8 *data,
							size_t len),
				void *context);
/* Digest and size of all of @fd. */
enum suit_error sg_image_hash(int fd, s32 alg, u8 *out, u64 *size);

#endif /* SG_IMAGE_H */
