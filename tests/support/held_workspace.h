// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QTest>

#include <optional>

#include "model/store/workspace.h"

namespace plumbline::test {

/// Keeps everyone else from writing to a workspace, at most the five seconds that they wait for it: what is begun
/// meanwhile cannot be done before it is cancelled, however fast it is.
class HeldWorkspace
{
public:
    explicit HeldWorkspace(const std::filesystem::path& path)
    {
        auto opened = store::Workspace::open(path, store::OpenMode::ReadWrite);
        QVERIFY2(opened, opened ? "" : opened.error().text().c_str());
        m_workspace.emplace(*std::move(opened));
        auto begun = store::Transaction::begin(m_workspace->database());
        QVERIFY2(begun, begun ? "" : begun.error().text().c_str());
        m_transaction.emplace(*std::move(begun));
    }

private:
    std::optional<store::Workspace> m_workspace;
    std::optional<store::Transaction> m_transaction;
};

} // namespace plumbline::test
