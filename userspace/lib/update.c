// SPDX-License-Identifier: LGPL-2.1-or-later
/*
 * The update procedure, step by step, and the kernel's verdict at its end.
 */
#include "suitgate/update.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "crypto.h"
#include "update_private.h"

static int read_trust(struct sg_update *update, struct sg_error *err)
{
	const struct sg_state *state = update->request.state;
	enum suit_error error;
	size_t i;

	update->trust = sg_trust_set_new();
	if (!update->trust)
		return sg_fail(err, "out of memory");
	for (i = 0; i < state->n; i++) {
		const struct sg_state_item *item = &state->item[i];

		if (item->kind != SG_STATE_TRUST)
			continue;
		error = sg_trust_set_apply(update->trust,
					   (struct suit_slice){
						item->bytes.data,
						item->bytes.len });
		if (error != SUIT_OK)
			return sg_refuse(err, (int)error, "%s",
					 item->origin ? item->origin :
							"a trust bundle");
	}
	return 0;
}

static int note_components(struct sg_update_facts *facts,
			   const struct suit_manifest *m, struct sg_error *err)
{
	struct sg_update_component *component;
	struct suit_slice id;
	uint32_t i;

	if (m->catalogue || m->n_components > SG_UPDATE_MAX_COMPONENTS)
		return sg_fail(err, "a catalogue installs nothing: suitctl load");
	for (i = 0; i < m->n_components; i++) {
		component = &facts->component[i];
		component->fd = -1;
		if (suit_manifest_component(m, i, &id) != SUIT_OK ||
		    id.len > sizeof(component->id))
			return sg_refuse(err, SUIT_ERR_COMPONENT_SIZE,
					 "component %u", i);
		memcpy(component->id, id.ptr, id.len);
		component->id_len = id.len;
		suit_component_text(id, component->name,
				    sizeof(component->name));
		facts->n_components++;
	}
	return 0;
}

static int note_facts(struct sg_update *update, struct sg_error *err)
{
	struct sg_update_facts *facts = &update->facts;
	const struct suit_node *root = &update->node;
	const struct suit_manifest *m = &root->manifest;
	const struct suit_authority *authority =
		&sg_trust_set_keys(update->trust)->authority[root->authority];
	struct suit_slice id = m->component_id;
	struct suit_digest digest;

	if (suit_digest_decode(root->envelope.digest, &digest) != SUIT_OK ||
	    digest.value.len > sizeof(facts->digest.value))
		return sg_refuse(err, SUIT_ERR_DIGEST_FORM, "the envelope");
	facts->digest.alg = digest.alg;
	facts->digest.len = digest.value.len;
	memcpy(facts->digest.value, digest.value.ptr, digest.value.len);
	facts->sequence_number = m->sequence_number;
	memcpy(facts->authority, authority->name.ptr, authority->name.len);
	facts->role = authority->role;
	sg_update_version(m, facts->version, sizeof(facts->version));
	if (note_components(facts, m, err) < 0)
		return -1;
	if (!id.ptr)
		suit_manifest_component(m, 0, &id);
	if (id.len > sizeof(facts->floor_id))
		return sg_refuse(err, SUIT_ERR_COMPONENT_SIZE, "the manifest");
	memcpy(facts->floor_id, id.ptr, id.len);
	facts->floor_id_len = id.len;
	return 0;
}

static int start(struct sg_update *update, struct sg_error *err)
{
	const struct suit_setup setup = {
		.envelope = { update->request.envelope.data,
			      update->request.envelope.len },
		.trust = sg_trust_set_keys(update->trust),
		.crypto = sg_crypto(),
		.platform = { &sg_update_ops, update },
		.node = &update->node,
		.max_nodes = 1,
		.params = update->params,
		.max_params = SUIT_MAX_COMPONENTS,
	};
	enum suit_error error;

	error = suit_procedure_start(&update->process, &setup,
				     SUIT_PROCEDURE_UPDATE);
	if (error == SUIT_OK &&
	    sg_trust_set_revoked(update->trust, update->node.envelope.digest))
		error = SUIT_ERR_DIGEST_REVOKED;
	return error == SUIT_OK ? 0 : sg_refuse(err, (int)error,
						"the manifest");
}

int sg_update_begin(const struct sg_update_request *request,
		    struct sg_update **out, struct sg_error *err)
{
	struct sg_update *update = calloc(1, sizeof(*update));

	*out = NULL;
	if (!update)
		return sg_fail(err, "out of memory");
	update->request = *request;
	update->want.fd = -1;
	if (!sg_crypto())
		sg_fail(err, "OpenSSL has no SHA-256");
	else if (!read_trust(update, err) && !start(update, err) &&
		 !note_facts(update, err))
		*out = update;
	if (*out)
		return 0;
	sg_update_free(update);
	return -1;
}

void sg_update_free(struct sg_update *update)
{
	size_t i;

	if (!update)
		return;
	for (i = 0; i < update->facts.n_components; i++)
		if (update->facts.component[i].fd >= 0)
			close(update->facts.component[i].fd);
	if (update->want.fd >= 0)
		close(update->want.fd);
	sg_trust_set_free(update->trust);
	free(update);
}

const struct sg_update_facts *sg_update_facts(const struct sg_update *update)
{
	return &update->facts;
}

const struct sg_update_want *sg_update_want(const struct sg_update *update)
{
	return update->waiting ? &update->want : NULL;
}

int sg_update_fetched(struct sg_update *update, struct sg_error *err)
{
	if (!update->waiting)
		return sg_fail(err, "nothing was to be fetched");
	update->waiting = false;
	update->fetched = true;
	return 0;
}

/* What the kernel would say about each component that was stored. */
static int decide(struct sg_update *update, struct sg_error *err)
{
	const struct suit_platform platform = { &sg_update_ops, update };
	struct suit_manifest m;
	enum suit_error error;
	uint64_t size;
	uint32_t i;

	error = suit_manifest_open(&m, &update->node.envelope, sg_crypto(),
				   SUIT_PROFILE_KERNEL);
	if (error != SUIT_OK)
		return sg_refuse(err, (int)error,
				 "the kernel could not use the manifest");
	for (i = 0; i < update->facts.n_components; i++) {
		struct sg_update_component *component =
			&update->facts.component[i];
		struct suit_slice id = { component->id, component->id_len };

		if (component->fd < 0)
			continue;
		error = suit_decide(&update->process, &m, i, &platform);
		if (error == SUIT_OK)
			error = sg_update_ops.image_digest(update, id,
							   SUIT_ALG_SHA256,
							   component->sha256,
							   &size);
		if (error != SUIT_OK)
			return sg_refuse(err, (int)error, "%s",
					 component->name);
	}
	return 0;
}

static int refuse_where(struct sg_update *update, enum suit_error error,
			struct sg_error *err)
{
	struct suit_record record = { 0 };

	if (!suit_procedure_where(&update->process, &record) ||
	    record.component >= update->facts.n_components)
		return sg_refuse(err, (int)error, "the manifest");
	return sg_refuse(err, (int)error, "%s, command %u at byte %u%s",
			 update->facts.component[record.component].name,
			 record.command, record.offset,
			 record.in_shared ? " of the shared sequence" : "");
}

int sg_update_run(struct sg_update *update, struct sg_error *err)
{
	enum suit_error error;

	if (update->waiting)
		return 0;
	error = suit_procedure_run(&update->process);
	if (error == SUIT_ERR_PENDING && update->waiting)
		return 0;
	if (error != SUIT_OK)
		return refuse_where(update, error, err);
	return decide(update, err) < 0 ? -1 : 1;
}
