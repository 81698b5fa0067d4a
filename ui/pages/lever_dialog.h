// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QDialog>

#include <map>
#include <string>
#include <vector>

#include "model/core/scenario.h"
#include "ui/pages/what_if_charts.h"

class QCheckBox;
class QComboBox;
class QDoubleSpinBox;
class QLabel;
class QListWidget;
class QPlainTextEdit;

namespace plumbline {

struct Lever;
struct LeverParameter;

/// Everything that can be set of a lever: its numbers with where their defaults come from, and the calls it is about.
class LeverDialog : public QDialog
{
    Q_OBJECT

public:
    /// What it is set up for.
    struct Surroundings
    {
        std::vector<WhatIfFeature> features = {}; ///< to choose from, with what they cost
        std::vector<std::string> models = {};     ///< to choose from
        std::int32_t days = 0;                    ///< in which they cost it
    };
    LeverDialog(const LeverUse& use, const Surroundings& surroundings, QWidget* parent = nullptr);

    LeverUse use() const;

private:
    QWidget* fieldOf(const LeverParameter& parameter, const std::vector<std::string>& models);
    /// From which volume on machines of one's own cost less.
    QWidget* breakEven(const Surroundings& surroundings);
    bool isChosen(int feature) const;
    QPlainTextEdit* pasteField(const std::vector<std::string>& models);

    LeverUse m_use;
    const Lever& m_lever;
    std::map<std::string, QDoubleSpinBox*> m_numbers;
    std::map<std::string, QComboBox*> m_words;
    QListWidget* m_features;
};

} // namespace plumbline
