/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * libsuitgate: keys, authoring, verification, installation, control of the gate.
 */
#ifndef SUITGATE_H
#define SUITGATE_H

#include "suitgate/author.h"
#include "suitgate/device.h"
#include "suitgate/floor.h"
#include "suitgate/gate.h"
#include "suitgate/key.h"
#include "suitgate/process.h"
#include "suitgate/report.h"
#include "suitgate/state.h"
#include "suitgate/trust.h"
#include "suitgate/types.h"
#include "suitgate/verify.h"

#endif /* SUITGATE_H */
