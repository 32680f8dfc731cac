#!/usr/bin/env bash
# One outpatient visit and one stay through the national interface, with curl and nothing else.
# Usage: session.sh [ADDRESS], the address of a payer started with: yibao serve --store memory --sample 100
set -euo pipefail
address=${1:-http://127.0.0.1:8080}/fsi/api/rsfComIfsService/callService
run=$(date +%H%M%S)
count=0

# send INFNO INPUT: posts an envelope and keeps the answer in $answer; stops at a refusal.
send() {
  count=$((count + 1))
  local msgid
  msgid=H9901000000120260302$run$(printf '%04d' $count)
  answer=$(curl -sS -m 10 --data-binary @- "$address" <<JSON
{"infno":"$1","msgid":"$msgid","mdtrtarea_admvs":"990100","insuplc_admdvs":"990100","recer_sys_code":"HIS","infver":"V1.0",
 "opter_type":"1","opter":"001","opter_name":"收费员","inf_time":"2026-03-02 09:00:00","fixmedins_code":"H99010000001",
 "fixmedins_name":"示例市第一人民医院","sign_no":"","input":$2}
JSON
)
  echo "── $1"
  echo "$answer"
  grep -q '"infcode":0' <<<"$answer" || exit 1
}

# field NAME: the first value of a field in the last answer.
field() { grep -o "\"$1\":\"[^\"]*\"" <<<"$answer" | head -1 | cut -d'"' -f4; }

# fee VISIT SERIAL ITEM PRICE COUNT SUM PERSON DAY: one fee line.
fee() {
  echo "{\"feedetl_sn\":\"$2\",\"mdtrt_id\":\"$1\",\"psn_no\":\"$7\",\"chrg_bchno\":\"B1\",\"fee_ocur_time\":\"$8 09:00:00\",
    \"med_list_codg\":\"$3\",\"medins_list_codg\":\"Y$2\",\"det_item_fee_sumamt\":$6,\"cnt\":$5,\"pric\":$4,\"rx_circ_flag\":\"0\",
    \"bilg_dept_codg\":\"A03\",\"bilg_dept_name\":\"内科\",\"bilg_dr_codg\":\"D1\",\"bilg_dr_name\":\"医师甲\",\"hosp_appr_flag\":\"1\",
    \"med_type\":\"11\"}"
}

echo "=== 门诊 / outpatient ==="
send 1101 '{"data":{"mdtrt_cert_type":"02","mdtrt_cert_no":"99010019560303002Y","card_sn":"","begntime":"",
  "psn_cert_type":"01","certno":"99010019560303002Y","psn_name":"张伟"}}'
person=$(field psn_no)
send 2201 "{\"data\":{\"psn_no\":\"$person\",\"insutype\":\"310\",\"begntime\":\"2026-03-02 08:30:00\",\"mdtrt_cert_type\":\"02\",
  \"mdtrt_cert_no\":\"1\",\"ipt_otp_no\":\"OP$run\",\"atddr_no\":\"D1\",\"dr_name\":\"医师甲\",\"dept_code\":\"A03\",
  \"dept_name\":\"内科\",\"caty\":\"A03\"}}"
visit=$(field mdtrt_id)
send 2204 "{\"feedetail\":[$(fee "$visit" 1 XA001 23.5 2 47.00 "$person" 2026-03-02),
  $(fee "$visit" 2 XA003 300 3 900.00 "$person" 2026-03-02)]}"
settle="{\"data\":{\"psn_no\":\"$person\",\"mdtrt_cert_type\":\"02\",\"mdtrt_cert_no\":\"1\",\"med_type\":\"11\",
  \"medfee_sumamt\":947.00,\"psn_setlway\":\"01\",\"mdtrt_id\":\"$visit\",\"chrg_bchno\":\"B1\",\"acct_used_flag\":\"1\",
  \"insutype\":\"310\",\"invono\":\"\"}}"
send 2206 "$settle"
send 2207 "$settle"
settlement=$(field setl_id)
send 2208 "{\"data\":{\"setl_id\":\"$settlement\",\"mdtrt_id\":\"$visit\",\"psn_no\":\"$person\"}}"

echo "=== 住院 / inpatient ==="
diagnosis="{\"mdtrt_id\":\"x\",\"psn_no\":\"$person\",\"diag_type\":\"1\",\"maindiag_flag\":\"1\",\"diag_srt_no\":1,
  \"diag_code\":\"J18.900\",\"diag_name\":\"肺炎\",\"diag_dept\":\"A03\",\"dise_dor_no\":\"D1\",\"dise_dor_name\":\"医师甲\",
  \"diag_time\":\"2026-02-01 11:00:00\"}"
send 2401 "{\"mdtrtinfo\":{\"psn_no\":\"$person\",\"insutype\":\"310\",\"begntime\":\"2026-02-01 10:00:00\",
  \"mdtrt_cert_type\":\"02\",\"med_type\":\"2101\",\"ipt_no\":\"ZY$run\",\"atddr_no\":\"D1\",\"chfpdr_name\":\"医师甲\",
  \"adm_diag_dscr\":\"肺炎\",\"adm_dept_codg\":\"A03\",\"adm_dept_name\":\"内科\",\"adm_bed\":\"12\",
  \"dscg_maindiag_code\":\"J18.900\",\"dscg_maindiag_name\":\"肺炎\"},\"diseinfo\":[$diagnosis]}"
stay=$(field mdtrt_id)
send 2301 "{\"feedetail\":[$(fee "$stay" 1 XA001 12000 1 12000.00 "$person" 2026-02-03),
  $(fee "$stay" 2 HC001 3000.55 1 3000.55 "$person" 2026-02-03)]}"
settle="{\"data\":{\"psn_no\":\"$person\",\"mdtrt_cert_type\":\"02\",\"medfee_sumamt\":15000.55,\"psn_setlway\":\"01\",
  \"mdtrt_id\":\"$stay\",\"acct_used_flag\":\"0\",\"insutype\":\"310\",\"mid_setl_flag\":\"0\",\"dscgTime\":\"2026-02-08\"}}"
send 2303 "$settle"
send 2402 "{\"dscginfo\":{\"mdtrt_id\":\"$stay\",\"psn_no\":\"$person\",\"insutype\":\"310\",\"endtime\":\"2026-02-08 09:00:00\",
  \"dscg_dept_codg\":\"A03\",\"dscg_dept_name\":\"内科\",\"dscg_way\":\"1\"},\"diseinfo\":[$diagnosis]}"
send 2304 "$settle"
settlement=$(field setl_id)
send 2305 "{\"data\":{\"setl_id\":\"$settlement\",\"mdtrt_id\":\"$stay\",\"psn_no\":\"$person\"}}"
