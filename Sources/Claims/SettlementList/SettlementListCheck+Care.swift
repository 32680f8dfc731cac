import Kernel
import People

extension SettlementListCheck {
  /// The stay as the list has it, when both ends are filled in and in order.
  private var span: ClosedRange<Moment>? {
    guard let from = list.stay.admitted, let to = list.stay.discharged, from <= to else { return nil }
    return from...to
  }

  // MARK: Dates

  mutating func lookAtDates() {
    let (patient, stay) = (list.patient, list.stay)
    if let birth = patient.birth { require(birth == facts.birth, .birthDiffers, "\(birth)") }
    if let sex = patient.sex { require(sex == facts.sex, .sexDiffers, sex.rawValue) }
    let isKnown =
      (patient.name.isEmpty || patient.name == facts.name)
      && (patient.certificate.isEmpty || patient.certificate == facts.certificate)
    require(isKnown, .nameDiffers)
    if let admitted = stay.admitted {
      require((patient.birth ?? facts.birth) <= admitted.day, .birthAfterAdmission, "\(admitted)")
      require(admitted.day == facts.admitted, .admissionDiffers, "\(admitted)")
    }
    if let discharged = stay.discharged {
      if let admitted = stay.admitted { require(admitted <= discharged, .dischargeBeforeAdmission, "\(discharged)") }
      require(discharged.day == facts.discharged, .dischargeDiffers, "\(discharged)")
    }
    if let days = stay.days, let admitted = stay.admitted, let discharged = stay.discharged {
      require(days == max(1, admitted.day.days(to: discharged.day)), .stayDaysDiffer, "\(days)")
    }
    for procedure in list.procedures { look(at: procedure) }
    for care in list.intensiveCare { look(at: care) }
    lookAtPeriod()
    lookAtLengths()
  }

  private mutating func look(at procedure: SettlementList.Procedure) {
    if let begun = procedure.begun, let ended = procedure.ended {
      require(begun <= ended, .procedureBackwards, "\(procedure.code) \(begun)…\(ended)")
    }
    guard let span else { return }
    // A list that knows the day alone gives its beginning: days are compared.
    let days = span.lowerBound.day...span.upperBound.day
    let moments = [procedure.begun, procedure.ended].compactMap { $0 }
    require(moments.allSatisfy { days.contains($0.day) }, .procedureOutsideStay, procedure.code)
    let asleep = [procedure.anaesthesiaBegun, procedure.anaesthesiaEnded].compactMap { $0 }
    require(asleep.allSatisfy { span.contains($0) }, .anaesthesiaOutsideStay, procedure.code)
  }

  private mutating func look(at care: SettlementList.IntensiveCare) {
    require(care.entered <= care.left, .intensiveCareBackwards, "\(care.entered)…\(care.left)")
    if let span {
      let isInside = span.contains(care.entered) && span.contains(care.left)
      require(isInside, .intensiveCareOutsideStay, "\(care.entered)…\(care.left)")
    }
    if let duration = care.duration {
      let minutes = care.entered.minutes(to: care.left)
      require(duration.minuteCount == minutes, .intensiveCareDurationDiffers, duration.text)
    }
  }

  private mutating func lookAtPeriod() {
    guard let from = list.payment.from, let to = list.payment.to else { return }
    require(from <= to, .periodBackwards, "\(from)…\(to)")
    if let span {
      let isInside = span.lowerBound.day <= from && to <= span.upperBound.day
      require(isInside, .periodOutsideStay, "\(from)…\(to)")
    }
  }

  private mutating func lookAtLengths() {
    guard let span else { return }
    let days = max(1, span.lowerBound.day.days(to: span.upperBound.day))
    let tenths = list.stay.nursingTenths.reduce(0, +)
    // The day of admission and the day of discharge may both have been nursed.
    require(tenths <= (days + 1) * 10, .nursingTooLong, "\(tenths / 10)")
    if let ventilation = list.stay.ventilation {
      let minutes = span.lowerBound.minutes(to: span.upperBound)
      require(ventilation.minuteCount <= max(minutes, 1_440), .ventilationTooLong, ventilation.text)
    }
  }

  // MARK: Diagnoses and procedures

  mutating func lookAtDiagnoses() {
    let western = list.diagnoses.filter { $0.kind == .western }
    let principal = western.filter(\.isPrincipal)
    if facts.care.isStay { require(!principal.isEmpty, .principalDiagnosisMissing) }
    require(principal.count <= 1, .principalDiagnosisTwice, principal.map(\.code).joined(separator: " "))
    var seen: Set<String> = []
    for diagnosis in list.diagnoses {
      let key = "\(diagnosis.kind.rawValue) \(diagnosis.code)"
      require(seen.insert(key).inserted, .diagnosisRepeated, diagnosis.code)
    }
    for diagnosis in western {
      let code = diagnosis.code
      require(facts.sex == .female || !SexBoundDiagnoses.isObstetric(code), .sexAgainstObstetricDiagnosis, code)
      if let sex = SexBoundDiagnoses.sex(of: code) { require(sex == facts.sex, .sexAgainstDiagnosis, code) }
      if SexBoundDiagnoses.isPerinatal(code) {
        require(facts.birth.age(on: facts.admitted) < 1, .perinatalDiagnosisLate, code)
      }
      if facts.care.isStay { require(diagnosis.condition != nil, .admissionConditionMissing, code) }
    }
    if let count = list.stay.diagnosisCount {
      require(count == list.diagnoses.count, .diagnosisCountDiffers, "\(count)")
    }
  }

  mutating func lookAtProcedures() {
    let principal = list.procedures.indices.filter { list.procedures[$0].isPrincipal }
    let codes = principal.map { list.procedures[$0].code }.joined(separator: " ")
    require(principal.count <= 1, .principalProcedureTwice, codes)
    if let first = principal.first { require(first == 0, .principalProcedureNotFirst, codes) }
    if let count = list.stay.procedureCount {
      require(count == list.procedures.count, .procedureCountDiffers, "\(count)")
    }
  }

  // MARK: Newborns

  mutating func lookAtNewborn() {
    let newborn = list.newborn ?? SettlementList.Newborn()
    // A newborn who is not enrolled yet is treated under a parent's number: the list's own age counts then.
    let age = newborn.ageDays ?? facts.ageDays
    if facts.care.isStay && (0...28).contains(age) {
      require(!newborn.birthWeights.isEmpty, .birthWeightMissing)
      require(!newborn.admissionWeights.isEmpty, .admissionWeightMissing)
      require(!newborn.admissionType.isEmpty, .newbornAdmissionMissing)
    }
    for weight in newborn.birthWeights + newborn.admissionWeights {
      require((200...20_000).contains(weight), .weightOutOfRange, "\(weight)")
    }
    if let own = newborn.ageDays { require(own == facts.ageDays, .ageDaysDiffer, "\(own)") }
  }
}
