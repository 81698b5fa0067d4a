// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QStringList>

#include <vector>

#include "model/core/money.h"

namespace plumbline {

/// Parts of an amount as they are printed beside it: in cents that add up to its own, by largest remainder. Parts of
/// less than a dollar are printed finer, each as it is.
QStringList footedMoney(const std::vector<MoneySum>& parts, MoneySum whole);

} // namespace plumbline
