// SPDX-License-Identifier: GPL-3.0-or-later
#include "model/prices/price_json.h"

#include <algorithm>
#include <charconv>
#include <vector>

namespace plumbline {

namespace {

using nlohmann::json;

/// Builds a document of which every number is a string.
class NumbersAsText : public nlohmann::json_sax<json>
{
public:
    json document;
    std::string problem;

    bool null() override { return put(nullptr); }
    bool boolean(bool value) override { return put(value); }
    bool number_integer(std::int64_t value) override { return put(std::to_string(value)); }
    bool number_unsigned(std::uint64_t value) override { return put(std::to_string(value)); }
    bool number_float(double, const std::string& text) override { return put(text); }
    bool string(std::string& value) override { return put(std::move(value)); }
    bool binary(binary_t&) override { return false; }
    bool start_object(std::size_t) override { return open(json::object()); }
    bool start_array(std::size_t) override { return open(json::array()); }
    bool end_object() override { return close(); }
    bool end_array() override { return close(); }
    bool key(std::string& name) override
    {
        m_key = std::move(name);
        return true;
    }
    bool parse_error(std::size_t position, const std::string&, const nlohmann::detail::exception&) override
    {
        problem = "not JSON from byte " + std::to_string(position) + " on";
        return false;
    }

private:
    json* place(json value)
    {
        if (m_open.empty()) {
            document = std::move(value);
            return &document;
        }
        json& parent = *m_open.back();
        if (parent.is_array()) {
            parent.push_back(std::move(value));
            return &parent.back();
        }
        json& slot = parent[m_key];
        slot = std::move(value);
        return &slot;
    }
    bool put(json value)
    {
        place(std::move(value));
        return true;
    }
    bool open(json value)
    {
        // Pointers stay good: only the innermost open value grows.
        m_open.push_back(place(std::move(value)));
        return true;
    }
    bool close()
    {
        m_open.pop_back();
        return true;
    }

    std::vector<json*> m_open;
    std::string m_key;
};

} // namespace

Result<json> parseKeepingNumbers(std::string_view text)
{
    NumbersAsText reader;
    if (!json::sax_parse(text.begin(), text.end(), &reader))
        return fail(ErrorKind::Malformed, reader.problem.empty() ? "not JSON" : reader.problem);
    return std::move(reader.document);
}

JsonFields::JsonFields(const json& value, std::string where) : m_value(&value), m_where(std::move(where)) {}

Result<JsonFields> JsonFields::of(const json& value, std::string where)
{
    JsonFields fields(value, std::move(where));
    if (!value.is_object())
        return fields.wrong("not an object");
    return fields;
}

tl::unexpected<Error> JsonFields::wrong(const std::string& reason) const
{
    return fail(ErrorKind::Malformed, m_where.empty() ? reason : m_where + ": " + reason);
}

tl::unexpected<Error> JsonFields::wrongKind(const char* key, std::string_view expected) const
{
    return wrong("'" + std::string(key) + "' is not " + std::string(expected));
}

const json* JsonFields::find(const char* key) const
{
    const auto field = m_value->find(key);
    return field == m_value->end() || field->is_null() ? nullptr : &*field;
}

Result<std::optional<std::string>> JsonFields::text(const char* key) const
{
    const json* field = find(key);
    if (!field)
        return std::nullopt;
    if (!field->is_string())
        return wrongKind(key, "a text");
    return field->get_ref<const std::string&>();
}

Result<std::string> JsonFields::neededText(const char* key) const
{
    auto value = TRY(text(key));
    if (!value || value->empty())
        return wrong("'" + std::string(key) + "' is missing");
    return *std::move(value);
}

Result<std::optional<Money>> JsonFields::price(const char* key) const
{
    constexpr Money largest{100'000'000'000'000'000};
    const auto value = TRY(text(key));
    if (!value)
        return std::nullopt;
    const auto money = moneyFromDecimal(*value);
    if (!money || *money < Money() || *money > largest)
        return wrongKind(key, "a price: '" + value->substr(0, 40) + "'");
    return *money;
}

Result<std::optional<TokenCount>> JsonFields::count(const char* key) const
{
    const auto value = TRY(text(key));
    if (!value)
        return std::nullopt;
    TokenCount number = 0;
    const char* end = value->data() + value->size();
    const auto [parsed, error] = std::from_chars(value->data(), end, number);
    if (error != std::errc() || parsed != end || number < 0)
        return wrongKind(key, "a number of tokens: '" + value->substr(0, 40) + "'");
    return number;
}

Result<std::optional<Timestamp>> JsonFields::time(const char* key) const
{
    const auto value = TRY(text(key));
    if (!value)
        return std::nullopt;
    const auto time = parseTimestamp(*value);
    if (!time)
        return wrongKind(key, "a date: '" + value->substr(0, 40) + "'");
    return time;
}

Result<bool> JsonFields::flag(const char* key) const
{
    const json* field = find(key);
    if (field && !field->is_boolean())
        return wrongKind(key, "true or false");
    return field && field->get<bool>();
}

Result<> JsonFields::allowOnly(std::initializer_list<std::string_view> keys) const
{
    for (const auto& [key, value] : m_value->items())
        if (std::find(keys.begin(), keys.end(), key) == keys.end())
            return wrong("unknown field '" + key + "'");
    return {};
}

} // namespace plumbline
