// SPDX-License-Identifier: LGPL-2.1-or-later
#include "suitgate/process.h"

#include <assert.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "crypto.h"
#include "process_private.h"

static_assert((int)SG_PROCEDURE_UPDATE == (int)SUIT_PROCEDURE_UPDATE &&
	      (int)SG_PROCEDURE_UNINSTALL == (int)SUIT_PROCEDURE_UNINSTALL &&
	      (int)SG_PROCEDURE_UNINSTALL + 1 == (int)SUIT_PROCEDURE_COUNT,
	      "procedures are numbered as in the core");
static_assert((int)SG_WAIT_NETWORK == (int)SUIT_WAIT_NETWORK,
	      "events are numbered as in the core");
static_assert(sizeof(((struct sg_process_measured *)0)->version) ==
	      sizeof(((struct suit_version *)0)->part),
	      "a version has as many parts as in the core");

struct sg_view sg_process_view(const struct sg_process *p)
{
	return (struct sg_view){ p->device, &p->loader, &p->stage };
}

enum suit_error sg_process_pulse(struct sg_process *p, enum sg_phase phase,
				 struct suit_slice id, u64 done, u64 total)
{
	char component[SG_COMPONENT_TEXT] = "";
	struct sg_progress progress = {
		.phase = phase, .component = component, .done = done,
		.total = total,
	};

	if (p->request.progress) {
		if (id.ptr)
			suit_component_text(id, component, sizeof(component));
		p->request.progress(p->request.context, &progress);
	}
	if (!p->request.cancelled ||
	    !p->request.cancelled(p->request.context))
		return SUIT_OK;
	p->interrupted = true;
	return sg_fault(&p->why, SUIT_ERR_OPERATION, "cancelled");
}

static int read_trust(struct sg_process *p, struct sg_error *err)
{
	const struct sg_verify_request who = {
		.trust = p->request.trust, .n_trust = p->request.n_trust,
	};

	if (sg_verify_trust_read(&who, &p->trust, err) < 0)
		return -1;
	if (p->trust.bare)
		return sg_fail(err, "a key alone does not say what it may speak for: put it into a trust bundle (suitctl trust make)");
	return 0;
}

/* Where a command stands, for people. */
static void describe(const struct sg_process *p, char *out, size_t cap)
{
	char component[128];
	struct suit_record at;

	out[0] = '\0';
	if (!suit_procedure_where(&p->core, &at) ||
	    p->core.result == SUIT_OK)
		return;
	suit_component_text(at.id, component, sizeof(component));
	snprintf(out, cap, "%s, command %u at byte %u of %s%u: ", component,
		 at.command, at.offset, at.in_shared ?
		 "the shared sequence for section " : "section ", at.section);
}

static int fail(struct sg_process *p, enum suit_error error,
		struct sg_error *err)
{
	const char *code = suit_error_name(error), *text = "the manifest";
	const struct suit_node *root = p->node;
	uint8_t epoch = root->manifest.epoch;
	char at[256];

	describe(p, at, sizeof(at));
	if (p->why.code == code && p->why.message[0])
		text = p->why.message;
	else if (sg_fault_local(error))
		text = code;
	if (!at[0] && error == SUIT_ERR_MANIFEST_EPOCH)
		return sg_fault_open(err, error, epoch ? epoch :
				     root->envelope.epoch, text);
	if (!sg_fault_local(error))
		return sg_refuse(err, (int)error, "%s%s", at, text);
	sg_fail(err, "%s%s", at, text);
	err->code = code;
	return -1;
}

static int start(struct sg_process *p, struct sg_error *err)
{
	struct suit_setup setup = {
		.envelope = { p->request.envelope.data,
			      p->request.envelope.len },
		.trust = sg_trust_set_keys(p->trust.set),
		.crypto = sg_crypto(),
		.platform = { &p->ops, p },
		.node = p->node, .max_nodes = SUIT_MAX_NODES,
		.params = p->params,
		.max_params = SUIT_MAX_NODES * SUIT_MAX_COMPONENTS / 8,
	};
	const struct suit_node *root = p->node;
	struct suit_digest digest;
	enum suit_error error;

	error = suit_procedure_start(&p->core, &setup,
				     (enum suit_procedure)p->request.procedure);
	if (error == SUIT_OK)
		error = suit_digest_decode(root->envelope.digest, &digest);
	if (error != SUIT_OK)
		return fail(p, error, err);
	sg_digest_copy(&digest, &p->manifest);
	sg_lineage_of(&root->manifest,
		      setup.trust->authority[root->authority].name,
		      &p->lineage);
	sg_stage_init(&p->stage, &p->manifest);
	return 0;
}

/* Candidates that a staging recorded, for the installation of the same. */
static int find_staged(struct sg_process *p, struct sg_error *err)
{
	const struct sg_known *known = sg_process_known(p, &p->lineage,
							SG_INSTALL_STAGED);
	size_t i;

	if (!known || p->request.procedure != SG_PROCEDURE_INSTALLATION ||
	    !sg_digest_same(&known->record.manifest, &p->manifest))
		return 0;
	for (i = 0; i < known->record.n_entries; i++)
		if (sg_stage_put(&p->stage,
				 &known->record.entry[i].candidate) != SUIT_OK)
			return sg_fail(err, "out of memory");
	return 0;
}

static int allocate(struct sg_process *p, struct sg_error *err)
{
	p->node = calloc(SUIT_MAX_NODES, sizeof(*p->node));
	p->params = calloc(SUIT_MAX_NODES * SUIT_MAX_COMPONENTS / 8,
			   sizeof(*p->params));
	return p->node && p->params ? 0 : sg_fail(err, "out of memory");
}

/* What is installed, and the right to change it. */
static int open_store(struct sg_process *p, struct sg_error *err)
{
	if (p->request.look)
		return 0;
	if (sg_install_store_open(&p->store, p->device, err) < 0)
		return -1;
	return sg_process_read_known(p, err);
}

int sg_process_open(const struct sg_process_request *request,
		    struct sg_process **out, struct sg_error *err)
{
	struct sg_process *p = calloc(1, sizeof(*p));

	*out = NULL;
	if (!p)
		return sg_fail(err, "out of memory");
	p->request = *request;
	p->device = request->device;
	sg_loader_read(p->device, &p->loader);
	sg_process_ops_of(request, &p->ops);
	if (open_store(p, err) < 0 || allocate(p, err) < 0 ||
	    read_trust(p, err) < 0 || start(p, err) < 0 ||
	    find_staged(p, err) < 0) {
		sg_process_close(p);
		return -1;
	}
	*out = p;
	return 0;
}

int sg_process_run(struct sg_process *p, struct sg_error *err)
{
	struct sg_error ignored;
	enum suit_error error;

	if (p->request.look)
		return sg_fail(err, "it was opened to be looked at, not to be run");
	if (p->ready)
		return 0;
	p->interrupted = false;
	error = suit_procedure_run(&p->core);
	if (error == SUIT_ERR_PENDING)
		return SG_PROCESS_WAITING;
	if (error == SUIT_OK)
		error = sg_process_check(p);
	if (error == SUIT_OK) {
		p->ready = true;
		return 0;
	}
	p->failure = error;
	fail(p, error, err);
	if (!p->interrupted)
		sg_process_discard(p, &ignored);
	return -1;
}

int sg_process_commit(struct sg_process *p, struct sg_error *err)
{
	enum suit_error error;

	if (!p->ready)
		return sg_fail(err, "the procedure has not run to its end");
	error = sg_process_install(p);
	if (error == SUIT_OK)
		return p->changed ? 0 : SG_PROCESS_UNCHANGED;
	p->failure = error;
	return fail(p, error, err);
}

int sg_process_discard(struct sg_process *p, struct sg_error *err)
{
	const struct sg_known *known = sg_process_known(p, &p->lineage,
							SG_INSTALL_STAGED);

	if (p->request.look)
		return 0;
	sg_stage_free(&p->stage);
	if (known && sg_digest_same(&known->record.manifest, &p->manifest) &&
	    sg_install_store_remove(&p->store, &p->lineage, SG_INSTALL_STAGED,
				    err) < 0)
		return -1;
	return sg_install_clean(&p->store, &p->manifest, false, err);
}

void sg_process_close(struct sg_process *p)
{
	if (!p)
		return;
	while (p->n_envelopes)
		sg_buf_free(&p->envelope[--p->n_envelopes]);
	free(p->envelope);
	sg_buf_free(&p->records.buf);
	sg_stage_free(&p->stage);
	sg_install_record_free(&p->dropped);
	sg_process_free_known(p);
	sg_install_store_close(&p->store);
	sg_verify_trust_free(&p->trust);
	free(p->node);
	free(p->params);
	free(p);
}
