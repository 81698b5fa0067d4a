// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <string_view>

#include "model/record/observation_facts.h"
#include "model/store/database.h"
#include "model/store/digest.h"

namespace plumbline::record {

/// `SELECT` of the columns that readObservation expects, of the table `observation`, followed by `where`.
std::string selectObservations(std::string_view where);

/// The row at hand, and its trace. Fails if its facts are damaged.
Result<Observation> readObservation(const store::Statement& row, const store::Hasher& hasher, std::int64_t& trace);

/// The column `facts`; its texts belong to `packed`.
Result<ObservationFacts> factsOf(std::string_view packed);

/// How the eight bucket columns of the table `call` are read and bound. Binds what is known into a statement
/// that is clear, and answers the parameter behind.
Usage readUsage(const store::Statement& row, int firstColumn);
int bindUsage(store::Statement& statement, int firstParameter, const Usage& usage);

} // namespace plumbline::record
