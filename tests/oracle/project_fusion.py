"""Recomputes parts of Project Fusion from the scenario's files, independently of the engine: licences of
business as usual, its whole net present cost, one option's training, dip, work and dual running, and
measures. Written by somebody who did not write the engine. Not run by `make test`: its figures stand in
tests/project_fusion.rs. Run it with `python3 tests/oracle/project_fusion.py` (Python 3.11, nothing else).
"""
import csv, datetime as dt, glob, pathlib, tomllib
D=str(pathlib.Path(__file__).parents[2]/'scenarios'/'project-fusion')+'/'
T={}
for f in glob.glob(D+'*.toml'):
    for k,v in tomllib.load(open(f,'rb')).items(): T.setdefault(k,{}).update(v)
def L(x): return float(x['likely'] if isinstance(x,dict) else x)
def C(n): return {r['id']:r for r in csv.DictReader(open(D+n+'.csv'))}
S,F=C('services'),C('flows')
U={i:float(r['users.likely']) for i,r in S.items()}
PF={i:float(r['patient_facing.likely']) for i,r in S.items()}
start=dt.date(2023,4,1); N=132; FIRST=8
def off(d): return (d.year-2023)*12+d.month-4
DF=[1.0]
for t in range(10): DF.append(DF[-1]/1.035)
IDX=[1.02**t for t in range(11)]
def pv_nominal(series): return sum(a/IDX[m//12]*DF[m//12] for m,a in series if FIRST<=m<N)
def pv_real(series): return sum(a*DF[m//12] for m,a in series if FIRST<=m<N)

# 1. BAU: licence of RiO and SystmOne (Solent) by year, users as live (CAMHS from April 2024)
def bau(cid, users, head):
    c=T['contracts'][cid]; i=L(c['indexation']['rate']); end=off(c['end'])+1; ext=c['extension']['months']
    fx=L(c['lines']['platform']['fixed']); pu=L(c['lines']['users']['per_user']); mn=L(c['lines']['users']['minimum'])
    out=[]
    for m in range(FIRST,N):
        f=1.0 if m<end else 1+L(c['extension']['uplift']) if m<end+ext else 1+L(c['renewal']['uplift'])
        n=users(m)+head(m)
        out.append((m,(fx+pu*max(n,mn))*(1+i)**(m//12)*f/12))
    return out
rio0=sum(u for i,u in U.items() if S[i]['slots.core.instance']=='rio')
cam=U['camhs_hampshire']
rio=bau('rio_licence',lambda m: rio0+(cam if m>=12 else 0), lambda m: cam if 8<=m<12 else 0)
s1u=sum(u for i,u in U.items() if S[i]['slots.core.instance']=='s1_solent')
s1=bau('s1_licence',lambda m:s1u,lambda m:0)
for n,x in(('rio_licence',rio),('s1_licence',s1)):
    print(n,'nominal by year',[round(sum(a for m,a in x if m//12==y)) for y in range(11)],'pv',round(pv_nominal(x),2))

# 2. converge_rio: training and dip hours and cost, the table of waves written out by hand
moves=[('mh_portsmouth',2025,10),('comm_portsmouth',2026,4),('comm_southampton',2026,10),('inpatient_southampton',2026,10),('iow_community',2027,4),('iow_mh',2027,4)]
K=T['migration']['cross_product']; ST=T['staff_time']
slip=round(L(K['build_months'])*L(T['optimism_bias']['build']['duration']))
print('slip',slip)
def staff(ms,kind,slip):
    th=dh=0; ts=[];ds=[]
    for s,y,mo in ms:
        h=U[s]*L(kind['training']['hours']); th+=h
        live=off(dt.date(y,mo,1))
        ts+=[(live-3+k,h/3*L(ST['training_rate'])) for k in range(3)]
        o=live+slip; day=dt.date(2023+(o+3)//12,(o+3)%12+1,1)
        for d in kind['dip']:
            for w in range(d['weeks']):
                x=U[s]*PF[s]*L(ST['hours_per_week'])*L(d['loss']); dh+=x
                ds.append((off(day),x*L(ST['dip_rate']))); day+=dt.timedelta(7)
    return th,dh,ts,ds
com=[('camhs_hampshire',2024,4),('iow_mh',2024,4)]
a=staff(com,T['migration']['commitment'],0); b=staff(moves,K,slip)
print('converge_rio training hours',a[0]+b[0],'dip hours',a[1]+b[1],'training pv',round(pv_real(a[2]+b[2]),2),'dip pv',round(pv_real(a[3]+b[3]),2))
# effort days
own={}
for s,y,mo in moves:
    for n,w in K['work'].items():
        if 'role' in w:
            d=L(w.get('days',0))+L(w.get('days_per_user',0))*U[s]
            if w.get('once_per_source') and s in('comm_portsmouth','comm_southampton','inpatient_southampton','iow_mh'): d-=L(w['days'])
            own[w['role']]=own.get(w['role'],0)+d
print('days by role',{k:round(v,1) for k,v in own.items()},'own+training days',round(sum(v for k,v in own.items() if k!='floorwalker')+(a[0]+b[0])/7.5,2))
# implementation, undiscounted, before optimism bias and team hold
imp=sum(v*L(T['roles'][k]['day_rate']) for k,v in own.items())
pat={i:float(r['patients.likely']) for i,r in S.items()}
imp+=2*L(K['work']['data_source']['amount'])+sum(pat[s] for s,_,_ in moves)*L(K['work']['data_records']['amount_per_patient'])+6*L(K['work']['interfaces']['amount'])
n=sum(U[s] for s,_,_ in moves)
print('implementation of',n,'users, 2023/24',round(imp),'=',round(imp*1.06),'in 2025/26; a user',round(imp*1.06/n),'; training cost 2025/26',round(b[0]*36))

# 3. visibility: bau, interoperate, converge_rio
def vis(option):
    lk=T['links']; tot=seen=0
    for f in F.values():
        c=float(f['contacts.likely']); tot+=c
        el=f['eligible.likely']
        v=0
        for m in range(FIRST,N):
            def on(s):
                i=S[s]['slots.core.instance']
                since=0
                if s=='camhs_hampshire' and m>=12: i,since='rio',12
                if s=='iow_mh' and m>=12: i,since='s1_iow',12
                if option=='converge_rio':
                    for x,y,mo in moves:
                        if x==s and m>=off(dt.date(y,mo,1))+slip: i='rio'
                return i
            A,B=on(f['from']),on(f['to'])
            best=0
            if A==B: best=(float(el) if el else L(T['same_instance']['eligible']))*L(T['same_instance']['scope'])*L(T['same_instance']['adoption'])
            ch=lk['chie']
            if A in ch['ends'] and B in ch['ends']: best=max(best,(float(el) if el else L(ch['eligible']))*L(ch['scope'])*L(ch['adoption']))
            ctx=lk['chie_in_context']
            if option=='interoperate' and m>=off(dt.date(2025,10,1)) and A in ctx['ends'] and B in ctx['ends']:
                ad=L(ctx['adoption'][0]['share']) if m-off(dt.date(2025,10,1))<6 else L(ctx['adoption'][1]['share'])
                best=max(best,(float(el) if el else L(ctx['eligible']))*L(ctx['scope'])*ad)
            v+=best
        seen+=c*v/(N-FIRST)
    return seen/tot
for o in('bau','interoperate','converge_rio'): print('visibility',o,round(vis(o),6))
# 4. burden, bau
b=T['burden']; login=L(b['logins_per_day'])*L(b['days_per_year'])*L(b['seconds_per_login'])/3600
def inst(s): return {'camhs_hampshire':'rio','iow_mh':'s1_iow'}.get(s,S[s]['slots.core.instance'])
print('burden bau',sum(float(f['shared_users.likely'])*login+float(f['contacts.likely'])*L(b['rekey_minutes'])/60 for f in F.values() if inst(f['from'])!=inst(f['to'])))
# 5. capability bau, users-weighted, months
CAP=C('capabilities')
PROD={'rio':'rio','s1_solent':'systmone','s1_iow':'systmone','iaptus':'iaptus','r4':'r4','inform':'inform','ecamis':'ecamis','carenotes':'carenotes','island_legacy':'island_legacy'}
sm=w=0
for s,r in S.items():
    need={k:v for k,v in T['needs'][r['needs']].items() if isinstance(v,(int,float))}
    cov=0
    for m in range(FIRST,N):
        i=r['slots.core.instance'] if m<12 else inst(s)
        slots=[i]+([r['slots.pas.instance']] if r['slots.pas.instance'] else [])
        cov+=sum(v*max(float(CAP[k][f'coverage.{PROD[x]}.likely'] or 0) for x in slots) for k,v in need.items())/sum(need.values())
    sm+=U[s]*cov/(N-FIRST); w+=U[s]
print('capability bau',round(sm/w,6))
# 6. shares of the register used in the flows
print('two-system patients in flows',sum(float(f['contacts.likely']) for f in F.values() if inst(f['from'])!=inst(f['to']))/ (2400000/330000))
# 7. the whole net present cost of business as usual
tot={}
def add(k,v): tot[k]=tot.get(k,0)+v
def simple(cid, users, start=0, end=N, head=lambda m:0, par=lambda m:0, factor=lambda m:1.0):
    c=T['contracts'][cid]; i=L(c['indexation']['rate']) if 'indexation' in c else 0
    out=[]
    for m in range(max(FIRST,start),end):
        n=users(m)+head(m)+par(m); a=0
        for l in c['lines'].values():
            if 'fixed' in l: a+=L(l['fixed'])
            else: a+=L(l['per_user'])*max(n,L(l['minimum']) if 'minimum' in l else 0)
        out.append((m,a*(1+i)**(m//12)*factor(m)/12))
    return out
add('contracts',pv_nominal(rio)+pv_nominal(s1))
iow=U['iow_community']; im=U['iow_mh']
add('contracts',pv_nominal(simple('iow_s1_own',lambda m:iow,end=12,head=lambda m:im)))
add('contracts',pv_nominal(simple('iow_sla_record',lambda m:1,start=12,end=36)))
add('contracts',pv_nominal(simple('iow_sla_record_after',lambda m:1,start=36)))
add('contracts',pv_nominal(simple('iow_sla_rest',lambda m:1,start=12,end=36)))
add('contracts',pv_nominal(simple('island_legacy',lambda m:1,end=18)))
add('contracts',pv_nominal(simple('carenotes',lambda m:cam if m<18 else 0,end=24)))
for c,s in(('iaptus','talking_therapies'),('r4','dental'),('inform','sexual_health')):
    add('contracts',pv_nominal(simple(c,lambda m:U[s],factor=lambda m:1 if m<36 else 1+L(T['contracts'][c]['renewal']['uplift']))))
add('contracts',pv_nominal(simple('ecamis',lambda m:float(S['inpatient_southampton']['slots.pas.users.likely']))))
for c,m in(('rio_licence',84),('s1_licence',78),('iaptus',36),('r4',36),('inform',36)): add('external',pv_real([(m,L(T['contracts'][c]['renewal']['cost']))]))
for c in T['commitments'].values(): add('external',pv_real([(m,L(c['cost'])/4) for m in range(8,12)]))
add('external',pv_real([(m,L(T['streams']['phase1']['per_year'])/12) for m in range(8,18)]))
def own(i): return L(i['run_cost']) if 'run_cost' in i else L(i['run']['other']) if 'run' in i else 0
def joined(i): return sum(L(T['external_ends'][e]['run']) for e in i.get('external_ends',[]))
# In business as usual nobody leaves a system that has either.
for i in T['instances'].values():
    add('run',pv_real([(m,own(i)/12) for m in range(N)])); add('external',pv_real([(m,joined(i)/12) for m in range(N)]))
for r,m in(('commitments_late',12),('island_capital',36),('dental_market',36)):
    x=T['risks'][r]; add('risk',pv_real([(m,L(x['probability'])*L(x['impact']))]))
add('training',pv_real(a[2])); add('dip',pv_real(a[3]))
print('bau npc',round(sum(tot.values()),2),{k:round(v,2) for k,v in tot.items()})
# 8. dual running of converge_rio, from users by month
def ranges():
    live={'rio':[0]*N,'s1_solent':[0]*N,'s1_iow':[0]*N}; hd={k:[0]*N for k in live}; pr={k:[0]*N for k in live}
    return live,hd,pr
live,hd,pr=ranges()
for s,r in S.items():
    seq=[(0,r['slots.core.instance'])]
    if s=='camhs_hampshire': seq.append((12,'rio'))
    if s=='iow_mh': seq.append((12,'s1_iow'))
    for x,y,mo in moves:
        if x==s: seq.append((off(dt.date(y,mo,1))+slip,'rio'))
    for k,(m0,i) in enumerate(seq):
        m1=seq[k+1][0] if k+1<len(seq) else N
        if i in live:
            for m in range(m0,m1): live[i][m]+=U[s]
            if k+1<len(seq):
                for m in range(m1,min(N,m1+6)): pr[i][m]+=U[s]
        if k and i in live:
            planned=m0-(slip if k==len(seq)-1 and any(x==s for x,_,_ in moves) else 0)
            for m in range(planned-4,m0): hd[i][m]+=U[s]
dual=0; parts={'head':0,'over':0,'strand':0,'arch':0}
for cid,inst_ in(('rio_licence','rio'),('s1_licence','s1_solent')):
    c=T['contracts'][cid]; i=L(c['indexation']['rate']); end=off(c['end'])+1
    fx=L(c['lines']['platform']['fixed']); pu=L(c['lines']['users']['per_user']); mn=L(c['lines']['users']['minimum'])
    left=max(m for m in range(N) if live[inst_][m]+hd[inst_][m]+pr[inst_][m]>0)+1
    t=lambda u:(fx+pu*u) if u>0 else 0
    paid=end
    while paid<left and paid<end+36: paid+=12
    ren=paid
    while paid<left: paid=min(N,paid+60)
    served=max(live[inst_])
    for m in range(FIRST,N):
        p=(1+i)**(m//12)/12/IDX[m//12]*DF[m//12]
        f=1 if m<end else 1.1 if m<min(ren,end+36) else 1.0
        if m<paid:
            l,h,v=live[inst_][m],hd[inst_][m],pr[inst_][m]
            parts['head']+=(t(l+h)-t(l))*p*f; parts['over']+=(t(l+h+v)-t(l+h))*p*f; parts['strand']+=(fx+pu*max(l+h+v,mn)-t(l+h+v))*p*f
        elif m-left<24 and m>=left: parts['arch']+=L(c['read_only']['share'])*t(served)*p
print('converge_rio dual running of the two cores',{k:round(v,2) for k,v in parts.items()})
# 9. converge_rio: support teams and ends. Only SystmOne of Solent is left of those that have any: its last month in
# use or in parallel is that of the last wave from it, and team and ends stay six months longer.
gone=1+max(m for m in range(N) if live['s1_solent'][m]+pr['s1_solent'][m]+hd['s1_solent'][m]>0)
lag=L(T['instances']['s1_solent']['run']['step_down_months']); last=max(off(dt.date(y,mo,1)) for _,y,mo in moves)+slip
def until(name): return min(N,gone+int(lag)) if name=='s1_solent' else N
teams=sum(pv_real([(m,own(i)/12) for m in range(until(n))]) for n,i in T['instances'].items())
teams+=pv_real([(m,L(T['streams']['support_rio']['per_year'])/12) for m in range(last,N)])
print('converge_rio instance_run',round(teams,2),'ends',{n:round(pv_real([(m,joined(i)/12) for m in range(until(n))]),2) for n,i in T['instances'].items() if joined(i)},'SystmOne left in month',gone)
# 10. users of RiO once all of converge_rio is live: staff of two services are one user, unless counted once already or on one system from the start
here=[s for s,r in S.items() if r['slots.core.instance'] in ('rio','s1_solent','s1_iow') or s in ('camhs_hampshire','iow_mh')]
start=lambda s:{x for x in (S[s]['slots.core.instance'],S[s]['slots.pas.instance']) if x}
pairs={frozenset((f['from'],f['to'])):float(f['shared_users.likely']) for f in F.values() if f['shared_users.likely'] and f['shared_users_counted']!='once' and f['from'] in here and f['to'] in here and not start(f['from'])&start(f['to'])}
gone=sum(pairs.values()); people=sum(U[s] for s in here)-gone
c=T['contracts']['rio_licence']; i=L(c['indexation']['rate'])
print('users of RiO at the end',people,'of whom not counted twice',gone,'; the line of users in 2033/34',round(L(c['lines']['users']['per_user'])*people*(1+i)**10*(1+L(c['renewal']['uplift'])),2))
