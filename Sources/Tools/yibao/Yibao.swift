import ArgumentParser

/// The command line of the platform.
@main
struct Yibao: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "yibao",
    abstract: "医保基金平台：结算、政策、案例 · healthcare-security fund platform",
    discussion: """
      示例 / Examples:
        yibao demo --visits-only                    结算示例就诊并说明每一分钱 / settle the sample visits and explain them
        yibao settle Cases/TEMPLATE.yaml            结算一个文件中的就诊 / settle the visits of a file
        yibao case run Cases                        核对全部案例 / check all worked cases
        yibao policy show --region 990100 --on 2026-03-01    查看某日有效的政策 / the policy in force on a day
        yibao policy diff --region 990100 --from 2025-12-31 --to 2026-01-01
        yibao sample create --people 100 --store sqlite:/tmp/yibao-sample.sqlite --replace   生成示例统筹区一年 / a sample year
        yibao import --help                         导入医院自己的文件 / import a hospital's own files
        yibao serve --store sqlite:trial.sqlite --sample 1000   启动接口和控制台 / serve the interface and the console
        yibao account list --store sqlite:trial.sqlite          控制台账户 / accounts of the console
        yibao catalog map --help                    核对编码对照 / check a mapping of codes
        yibao edition check Editions/chs-drg-outline   检查分组方案 / check an edition of CHS-DRG
        yibao group --help                          按 CHS-DRG 为病例分组 / group cases by CHS-DRG
        yibao dip check Editions/dip-outline        检查 DIP 病种目录 / check a catalogue of DIP
        yibao pay month --help                      月度拨付 / pay a month
        yibao clear year --help                     年度清算 / clear a year
        yibao simulate --help                       两套政策测算 / the same year under two policies

      退出码 / Exit codes: 0 正常 fine · 1 核对不符或被拒 a check failed or a claim was refused · 2 文件有误 a file is wrong ·
      64 用法有误 wrong usage
      """,
    version: "0.1.0",
    subcommands: [
      DemoCommand.self, SettleCommand.self, CaseCommand.self, PolicyCommand.self, CatalogCommand.self,
      EditionCommand.self, GroupCommand.self, DIPCommand.self, PayCommand.self, ClearCommand.self,
      SimulateCommand.self, SampleCommand.self, ImportCommand.self, FundCommand.self, ServeCommand.self,
      AccountCommand.self, AuditCommand.self, BackupCommand.self, RestoreCommand.self, ReferenceCommand.self,
    ])
}
