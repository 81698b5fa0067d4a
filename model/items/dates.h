// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QDate>

#include "model/core/time.h"

namespace plumbline {

/// Days since 1970-01-01, as the model counts them, as Qt's date, and back.
inline QDate toQDate(std::int32_t dayNumber)
{
    const CivilDate date = civilDate(dayNumber);
    return {date.year, date.month, date.day};
}

inline std::int32_t dayNumber(QDate date)
{
    return dayNumber(date.year(), date.month(), date.day());
}

} // namespace plumbline
