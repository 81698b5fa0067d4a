// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <deque>
#include <initializer_list>
#include <string>
#include <string_view>
#include <vector>

#include "importers/json/json.h"
#include "importers/otlp/values.h"

namespace plumbline::otlp {

/// Texts that were made, and JSON that stood in strings, for the span at hand. They live until `clear`.
class Scratch
{
public:
    std::string_view keep(std::string text) { return m_texts.emplace_back(std::move(text)); }
    /// Does not exist if it is no JSON, or after very many.
    json::Value parse(std::string_view text);
    void clear();

private:
    std::deque<std::string> m_texts;
    std::deque<json::Parser> m_parsers;
    std::size_t m_used = 0;
    std::size_t m_bytes = 0; ///< parsed since the parsers were made: they keep memory for as much
};

/// The attributes of a span, an event or a resource: KeyValue pairs, found by key.
class Attributes
{
public:
    struct Entry
    {
        std::string_view key;
        json::Value anyValue;
    };
    using Keys = std::initializer_list<std::string_view>;

    explicit Attributes(Scratch& scratch) : m_scratch(&scratch) {}
    /// Of several pairs with one key the last counts. Also an object of key → value, as hand-written exporters have it.
    void read(json::Value keyValues);

    bool isEmpty() const { return m_entries.empty(); }
    bool has(std::string_view key) const { return find(key) != nullptr; }
    bool hasPrefix(std::string_view prefix) const;
    /// In the order of their keys' bytes.
    const std::vector<Entry>& entries() const { return m_entries; }
    /// Those whose keys begin so.
    std::pair<const Entry*, const Entry*> withPrefix(std::string_view prefix) const;

    /// A string, or a number or bool as text; a string that is a JSON string (MLflow) without its quotes.
    std::string_view text(std::string_view key) const;
    /// The first of them that says something.
    std::string_view text(Keys keys) const;
    std::optional<std::int64_t> integer(std::string_view key) const;
    std::optional<double> number(std::string_view key) const;
    /// Strings as they are, lists and maps as the JSON they stand for.
    json::Value value(std::string_view key) const;
    json::Value value(Keys keys) const;
    /// The same; of a string that holds JSON, that.
    json::Value parsed(std::string_view key) const;
    json::Value parsed(Keys keys) const;

    Scratch& scratch() const { return *m_scratch; }

private:
    const Entry* find(std::string_view key) const;

    Scratch* m_scratch;
    std::vector<Entry> m_entries;
};

/// An AnyValue as text, as Attributes::text has it.
std::string_view textOf(json::Value anyValue, Scratch& scratch);
/// An AnyValue as value, as Attributes::value has it.
json::Value valueOf(json::Value anyValue, Scratch& scratch);

} // namespace plumbline::otlp
