// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <array>
#include <optional>
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

/// The bucket columns of the tables `call` and `bill_line`, in their order.
std::array<std::optional<TokenCount>, 8> bucketColumns(const Usage& usage);
Usage readUsage(const store::Statement& row, int firstColumn);

} // namespace plumbline::record
