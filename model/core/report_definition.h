// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "model/core/error.h"

namespace plumbline {

enum class ReportForm : std::uint8_t
{
    Long,
    Short, ///< the pages that are sent upward
};

enum class PaperSize : std::uint8_t
{
    A4,
    Letter,
};

/// A report as it is kept: made again on the same data it is the same.
struct ReportDefinition
{
    std::string name = {};
    std::string company = {};               ///< on every page; empty: none
    std::int32_t monthsBack = 1;            ///< from the month it is made in: 0 that month, 1 the one before
    std::optional<std::int32_t> month = {}; ///< a fixed one instead: ReportingCalendar's number
    ReportForm form = ReportForm::Long;
    PaperSize paper = PaperSize::A4;
    std::string currency = {};             ///< empty: the workspace's
    std::vector<std::string> leftOut = {}; ///< ids of sections
    std::string preparedBy = {};           ///< in the block for signatures

    bool operator==(const ReportDefinition&) const = default;

    /// Which month that is in the month `now`.
    std::int32_t monthAt(std::int32_t now) const { return month ? *month : now - monthsBack; }
};

/// `long`, `short`; `a4`, `letter`. Usage: unknown.
std::string_view idOf(ReportForm form);
std::string_view idOf(PaperSize paper);
Result<ReportForm> reportFormFromId(std::string_view id);
Result<PaperSize> paperSizeFromId(std::string_view id);

/// Usage: no name, or months counted into the future or more than a hundred years back.
Result<> checked(const ReportDefinition& definition);

} // namespace plumbline
