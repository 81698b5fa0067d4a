// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <initializer_list>
#include <optional>
#include <string>
#include <string_view>

#include <nlohmann/json.hpp>

#include "model/core/error.h"
#include "model/core/money.h"
#include "model/core/ratio.h"
#include "model/core/time.h"
#include "model/core/usage.h"

namespace plumbline {

/// Reads JSON and keeps every number as the text it was written as, so that `2.5e-06` is a decimal and no double.
/// Malformed: not JSON, with the byte where it stops being so.
Result<nlohmann::json> parseKeepingNumbers(std::string_view text);

/// A JSON object that says where it stands when a field of it is wrong: `model 'gpt-4o', row 2: 'input' is not …`.
/// A missing field, and null, is empty; a field of the wrong kind is Malformed. The object must outlive it.
class JsonFields
{
public:
    static Result<JsonFields> of(const nlohmann::json& value, std::string where);

    const std::string& where() const { return m_where; }
    /// Null if there is none.
    const nlohmann::json* find(const char* key) const;

    Result<std::optional<std::string>> text(const char* key) const;
    Result<std::string> neededText(const char* key) const;
    /// Decimal dollars from 0 to 100,000.
    Result<std::optional<Money>> price(const char* key) const;
    Result<std::optional<TokenCount>> count(const char* key) const;
    Result<std::optional<Timestamp>> time(const char* key) const;
    Result<bool> flag(const char* key) const;
    /// A misspelt key in a hand-written file must not be lost in silence.
    Result<> allowOnly(std::initializer_list<std::string_view> keys) const;

    /// Malformed, with `where()` in front.
    tl::unexpected<Error> wrong(const std::string& reason) const;
    tl::unexpected<Error> wrongKind(const char* key, std::string_view expected) const;

private:
    JsonFields(const nlohmann::json& value, std::string where);

    const nlohmann::json* m_value;
    std::string m_where;
};

} // namespace plumbline
