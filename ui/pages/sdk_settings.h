// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QList>
#include <QString>

namespace plumbline {

/// What to set so that an SDK sends to a collector: to be copied as it stands.
struct SdkSettings
{
    QString title; ///< `Langfuse (Python, JS)`
    QString text;  ///< lines of environment variables or code
};

/// `address` is `http://127.0.0.1:4318`.
QList<SdkSettings> sdkSettings(const QString& address);

} // namespace plumbline
