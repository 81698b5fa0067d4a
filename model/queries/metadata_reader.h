// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <memory>
#include <string>
#include <unordered_map>
#include <utility>
#include <vector>

#include <nlohmann/json_fwd.hpp>

#include "model/store/database.h"

namespace plumbline::queries {

/// Keys with their values as texts.
using Metadata = std::vector<std::pair<std::string, std::string>>;

/// Reads sets of metadata (`attribute_set`), each once.
class MetadataReader
{
public:
    static Result<MetadataReader> open(const store::Database& database);
    /// Null: it has none.
    Result<std::shared_ptr<const Metadata>> of(std::int64_t set);

private:
    explicit MetadataReader(store::Statement query) : m_query(std::move(query)) {}

    store::Statement m_query;
    std::unordered_map<std::int64_t, std::shared_ptr<const Metadata>> m_known;
};

/// A value as people write it: without quotes.
std::string scalarText(const nlohmann::json& value);

} // namespace plumbline::queries
