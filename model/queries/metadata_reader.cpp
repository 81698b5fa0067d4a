// SPDX-License-Identifier: GPL-3.0-or-later
#include "model/queries/metadata_reader.h"

#include <nlohmann/json.hpp>

namespace plumbline::queries {

using nlohmann::json;

Result<MetadataReader> MetadataReader::open(const store::Database& database)
{
    return MetadataReader(TRY(database.prepare("SELECT json FROM attribute_set WHERE id = ?")));
}

Result<std::shared_ptr<const Metadata>> MetadataReader::of(std::int64_t set)
{
    const auto [known, isNew] = m_known.try_emplace(set);
    if (!isNew || set == 0)
        return known->second;
    TRY(m_query.bind(set));
    if (TRY(m_query.next())) {
        Metadata metadata;
        const json object = json::parse(m_query.text(0), nullptr, false);
        if (object.is_object())
            for (const auto& [key, value] : object.items())
                metadata.emplace_back(key, scalarText(value));
        known->second = std::make_shared<const Metadata>(std::move(metadata));
    }
    m_query.reset();
    return known->second;
}

std::string scalarText(const json& value)
{
    return value.is_string() ? value.get<std::string>() : value.dump(-1, ' ', false, json::error_handler_t::replace);
}

} // namespace plumbline::queries
