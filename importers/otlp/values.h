// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "importers/json/json.h"
#include "model/core/time.h"

/// OTLP's JSON mapping, read leniently: hand-written exporters spell names, ids and numbers in their own ways.
namespace plumbline::otlp {

/// A member by its name in lowerCamelCase, or else in snake_case.
json::Value member(json::Object object, std::string_view camelName);
/// An id of that many bytes as lower-case hexadecimal, from hexadecimal or base64. Empty if it is none, or all zeros.
std::string idText(json::Value id, std::size_t bytes);
/// Nanoseconds since 1970 as number or string. Zero is no time.
std::optional<Timestamp> timeOf(json::Value nanoseconds);
/// `time` later by so many milliseconds; nothing if that is no time any more.
std::optional<Timestamp> later(std::optional<Timestamp> time, double milliseconds);

/// Of an AnyValue the string, number or bool in it; one that does not exist for lists, bytes and null. A bare value,
/// as hand-written exporters have it, is itself.
json::Value scalarOf(json::Value anyValue);
/// Whether an AnyValue is a list or a map.
bool isStructured(json::Value anyValue);
/// An AnyValue as the JSON that it stands for, appended to `into`. What nests deeper than 64 is null.
void appendPlain(std::string& into, json::Value anyValue, int depth = 0);

} // namespace plumbline::otlp
